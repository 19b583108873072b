/* What every C file of this package starts with: the C library, libcurl's declarations, the function table. */
#ifndef GOCURL_DECL_H
#define GOCURL_DECL_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* uselocale on glibc, epoll_create1 */
#endif
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#ifdef _WIN32
#include <winsock2.h>
#else
#include <sys/select.h>
#include <sys/socket.h>
#endif

#define GOCURL_HAVE_LIBC
#include "zcurl.h"
#include "ztable.h"

#endif
