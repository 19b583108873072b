/* The callbacks that stand in where the user set none, so that libcurl never touches C's stdin, stdout and stderr. */
#ifndef GOCURL_SINK_H
#define GOCURL_SINK_H

#include "decl.h"

/* Once, before the first handle. */
void gocurl_sink_open(void);
/* The standard error of a handle, and of those that libcurl makes for its name lookups. Before 8.14 these are as talkative as
 * the handle, and do not have its debug function. */
void gocurl_sink_stderr(CURL *e);

size_t gocurl_sink_write(char *p, size_t size, size_t n, void *cell);
size_t gocurl_sink_read(char *p, size_t size, size_t n, void *cell);
int gocurl_sink_seek(void *cell, curl_off_t offset, int whence);
int gocurl_sink_meter(void *cell, curl_off_t dltotal, curl_off_t dlnow, curl_off_t ultotal, curl_off_t ulnow);
int gocurl_sink_debug(CURL *e, curl_infotype kind, char *p, size_t n, void *cell);

#endif
