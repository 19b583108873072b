/* The multi handle of a Multi: a driver (always polling, so without our event engine) that its user steps, with the
 * user's callbacks.
 *
 * Owner: the Go Multi. Lock: every function is called with the driver's Go lock held. Those that say so enter callbacks,
 * which release it; they are only called while no other libcurl call on this multi handle is in progress. */
#ifndef GOCURL_MULTI_H
#define GOCURL_MULTI_H

#include "cell.h"
#include "driver.h"

enum { GOCURL_WAITFDS = 64 }; /* descriptors of the user's in one wait without memory of their own */

struct gocurl_note { /* a notification that Go has not been told of yet */
	struct gocurl_note *next;
	CURL *easy; /* never followed */
	unsigned what;
};

struct gocurl_closer { /* what a connection's close-socket callback carries: connections outlive their handles */
	struct gocurl_multi *m;
	uint64_t id; /* of the user's function, in Go */
	struct gocurl_claims claims;
};

struct gocurl_multi {
	struct gocurl_driver *d;
	uintptr_t key; /* how Go finds its side; 0: nobody listens any more */
	struct gocurl_note *notes, **notes_end;
};

struct gocurl_multi *gocurl_multi_new(int *code);
void gocurl_multi_free(struct gocurl_multi *m); /* enters callbacks; ends the driver too */

/* These enter callbacks. */
int gocurl_multi_add(struct gocurl_multi *m, struct gocurl_cell *c, struct gocurl_closer *closer);
int gocurl_multi_perform(struct gocurl_multi *m);
int gocurl_multi_action(struct gocurl_multi *m, intptr_t fd, int mask);
int gocurl_multi_all(struct gocurl_multi *m);
int gocurl_multi_wait(struct gocurl_multi *m, struct curl_waitfd *fds, unsigned n, int ms, int poll, int *ready); /* ready < 0: woken, and ~ready descriptors */
int gocurl_multi_timeout(struct gocurl_multi *m, long *ms);
int gocurl_multi_waitfds(struct gocurl_multi *m, struct curl_waitfd *fds, unsigned room, unsigned *n);
/* Takes one message, and its handle out of the multi handle unless it is connect-only. */
struct gocurl_cell *gocurl_multi_message(struct gocurl_multi *m);
void gocurl_multi_notify(struct gocurl_multi *m);
int gocurl_multi_long(struct gocurl_multi *m, int32_t option, long n);
int gocurl_multi_off(struct gocurl_multi *m, int32_t option, int64_t n);
int gocurl_multi_list(struct gocurl_multi *m, int32_t option, char **list);

/* These do not. */
int gocurl_multi_assign(struct gocurl_multi *m, intptr_t fd, int on);
int gocurl_multi_count(struct gocurl_multi *m, int32_t info, int64_t *n);
int gocurl_multi_notify_on(struct gocurl_multi *m, unsigned what, int on);

CURLMcode gocurl_multi_set_function(struct gocurl_multi *m, int32_t option, int on); /* zmulti.c */
void gocurl_call_MultiNotify(CURLM *multi, unsigned int what, CURL *easy, void *m);  /* zmulti.c */
void gocurl_record_MultiNotify(CURLM *multi, unsigned int what, CURL *easy, void *m);

/* Takes over the easy handle that libcurl offers for a pushed stream of another one, with gocurl's defaults; NULL without
 * memory. */
struct gocurl_cell *gocurl_multi_adopt(struct gocurl_multi *m, uintptr_t of, uintptr_t easy, uintptr_t key);
const char *gocurl_push_header(void *headers, size_t i);
void gocurl_cell_own_closer(struct gocurl_cell *c);
/* Makes what connections of handles with the close-socket function id carry, NULL without memory. It is of use for as long as
 * the multi handle, or until it has no claims and no handle has it. */
struct gocurl_closer *gocurl_closer_new(struct gocurl_multi *m, uint64_t id);
void gocurl_closer_free(struct gocurl_closer *k);
static inline void gocurl_waitfd(struct curl_waitfd *w, uintptr_t fd, int events)
{
	w->fd = (curl_socket_t)fd;
	w->events = (short)events;
	w->revents = 0;
}

#endif
