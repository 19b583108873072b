/* The ways to drive a multi handle: by events (curl_multi_socket_action and epoll), whose cost does not grow with
 * idle transfers, and by polling (curl_multi_perform and curl_multi_wait) for the libcurl releases whose event mode is
 * broken and for systems without epoll. The first does as the second while most transfers are busy. */
#ifndef GOCURL_ENGINE_H
#define GOCURL_ENGINE_H

#include "driver.h"

int gocurl_driver_note(struct gocurl_driver *d, CURLMcode rc);
/* Notes how a wait went, with errno as it has left it. One that fails is over at once: with a few of them in a row the next step
 * fails as well. */
void gocurl_driver_heard(struct gocurl_driver *d, CURLMcode rc);
/* Takes one finished transfer, its handle out of the multi handle unless it is connect-only; NULL: there is none. */
struct gocurl_cell *gocurl_driver_finished(struct gocurl_driver *d);
int gocurl_driver_collect(struct gocurl_driver *d);

int gocurl_engine_open(struct gocurl_driver *d); /* 0 or errno */
void gocurl_engine_close(struct gocurl_driver *d);
/* Takes a socket for ready that has just brought body data for a reader who wants more: asking it costs less than asking
 * whether to ask. Whether there is one. */
int gocurl_driver_again(struct gocurl_driver *d);
int gocurl_engine_step(struct gocurl_driver *d, int64_t budget);
int gocurl_engine_wait(struct gocurl_driver *d, int64_t usec);
int gocurl_engine_run(struct gocurl_driver *d, int64_t budget, int64_t usec); /* both, in turns: driver.h */

/* While most transfers are busy: engine_dense.c. */
void gocurl_dense_begin(struct gocurl_driver *d, int ready); /* unless too few of them are: ready sockets */
int gocurl_dense_step(struct gocurl_driver *d);
int gocurl_dense_wait(struct gocurl_driver *d, int64_t usec);

int gocurl_poll_step(struct gocurl_driver *d);
int64_t gocurl_poll_due(struct gocurl_driver *d);
int gocurl_poll_wait(struct gocurl_driver *d, int64_t usec);
int gocurl_poll_sockets(struct gocurl_driver *d, int64_t usec); /* the same; returns how many of libcurl's sockets are ready */

#endif
