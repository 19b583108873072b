/* The C side of the paired benchmark: the same work as the Go side, with plain libcurl calls. */
#ifndef PEER_H
#define PEER_H

#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <time.h>

#define GOCURL_HAVE_LIBC
#include "curl.h"

/* The libcurl that both sides load by path, as a program reaches it that is not linked with it. */
extern struct libcurl {
	CURL *(*easy_init)(void);
	CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
	CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
	CURLcode (*easy_perform)(CURL *);
	void (*easy_cleanup)(CURL *);
	CURLM *(*multi_init)(void);
	CURLMcode (*multi_setopt)(CURLM *, CURLMoption, ...);
	CURLMcode (*multi_add_handle)(CURLM *, CURL *);
	CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
	CURLMcode (*multi_perform)(CURLM *, int *);
	CURLMcode (*multi_poll)(CURLM *, struct curl_waitfd *, unsigned, int, int *); /* curl_multi_wait before 7.66 */
	CURLMcode (*multi_socket_action)(CURLM *, curl_socket_t, int, int *);
	CURLMcode (*multi_assign)(CURLM *, curl_socket_t, void *);
	CURLMsg *(*multi_info_read)(CURLM *, int *);
} lib;

extern const char *base, *base_h2; /* URLs of the servers, without a slash at the end */

/* Each does the work n times; what it needs beyond that is made in the first round and kept. */
void set10(long n);
void create(long n);
void get64(long n);
void get16k(long n);
void get_h2(long n);
void many_perform(long n);
void many_socket(long n);
void many_h2_perform(long n);
void many_h2_socket(long n);
void trickle_perform(long n);
void trickle_socket(long n);
void alone_perform(long n);
void alone_socket(long n);
void beside_perform(long n);
void beside_socket(long n);
void beside_same_perform(long n);
void beside_same_socket(long n);
void download(long n);
void download512k(long n);
void upload(long n);
void upload_grown(long n);

/* A write callback: counts in an int64_t, and fails where the body is not what the servers send. */
size_t count(char *p, size_t size, size_t n, void *total);

/* A handle for URL path. Bodies are counted in *total. */
CURL *handle(const char *from, const char *path, int64_t *total);

void fail(const char *what, int code);

#define OK(call)                              \
	do {                                  \
		int rc_ = (int)(call);        \
		if (rc_)                      \
			fail(#call, rc_);     \
	} while (0)

#endif
