/* What libcurl has to say while it holds a lock of a share.
 *
 * Debug lines come under every kind of lock, and closing a pooled connection under that of the connections. A Go function
 * that ran there and used another handle of the share would wait for its own thread. So the trampolines keep such
 * messages, in order, and they are delivered as soon as the thread has released its last lock: still inside libcurl, at a
 * point where a debug line might have come anyway; with a confined share (confine.h) before the next callback of another
 * kind, and else when the call of libcurl returns. Every message is one whose answer libcurl does not need.
 *
 * The messages belong to the thread; nobody else sees them, so there is no lock. */
#ifndef GOCURL_LATE_H
#define GOCURL_LATE_H

#include "decl.h"

struct gocurl_cell;

enum {
	GOCURL_LATE_MAX = 256 * 1024 /* bytes kept; reading a large cookie file with verbose output makes more */
};

/* Each is what a trampoline returns under a lock. */
int gocurl_late_Debug(struct gocurl_cell *c, curl_infotype kind, char *p, size_t n);
size_t gocurl_late_Header(struct gocurl_cell *c, char *p, size_t size, size_t n);
int gocurl_late_Closesocket(struct gocurl_cell *c, curl_socket_t fd);
int gocurl_late_Progress(struct gocurl_cell *c, double dltotal, double dlnow, double ultotal, double ulnow);
int gocurl_late_Xferinfo(struct gocurl_cell *c, curl_off_t dltotal, curl_off_t dlnow, curl_off_t ultotal, curl_off_t ulnow);

/* Whether a log line has to wait: under a lock, or when it is a remark of libcurl's in the middle of a confined share.
 * 8.11.0 to 8.15.0 remark on cookies that they have in hand with the lock released, and another member could free. */
int gocurl_late_line(curl_infotype kind);

/* Delivers what there is, unless the thread still holds a lock, or is inside libcurl with a confined share. */
void gocurl_late_play(void);

#endif
