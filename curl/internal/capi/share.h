/* A share is one libcurl share handle with the locks that libcurl asks for while it works on what is shared.
 *
 * Owner: the Go share, which frees it when no easy handle refers to it any more. Locks: each kind of data has one of its
 * own, taken and released by libcurl through the two functions below, on whatever thread it runs. They are C, and no Go
 * code runs on a thread that holds one: a trampoline that is called under a lock leaves its message in late.h. */
#ifndef GOCURL_SHARE_H
#define GOCURL_SHARE_H

#include "decl.h"
#include "mutex.h"

enum {
	/* libcurl keeps the kinds of a share as bits of an int, so no release can have more; and it locks kinds that nobody
	 * asked for: SHARE, for the share handle itself. */
	GOCURL_LOCKS = 32
};

struct gocurl_share {
	CURLSH *share;
	gocurl_mutex lock[GOCURL_LOCKS]; /* by curl_lock_data; none is recursive, as libcurl asks */
	int confined;                    /* confine.h; never changed */
	int hsts;                        /* it has HSTS entries */
	gocurl_mutex confine;
};

/* NULL: out of memory. */
struct gocurl_share *gocurl_share_new(int confined);
/* Adds a kind of data; a CURLSHcode. No easy handle may be attached yet. */
int gocurl_share_add(struct gocurl_share *s, int kind);
/* Ends the share handle. It closes connections that are in it, so that callbacks may run until it returns. Not 0: an easy
 * handle is still attached, and nothing is freed. */
int gocurl_share_free(struct gocurl_share *s);

/* libcurl's side. The handle may be NULL or one of libcurl's own, and unlocking does not say for which access. */
void gocurl_share_lock(CURL *e, curl_lock_data kind, curl_lock_access access, void *share);
void gocurl_share_unlock(CURL *e, curl_lock_data kind, void *share);

/* How many locks of shares the calling thread holds. */
int gocurl_share_held(void);

#endif
