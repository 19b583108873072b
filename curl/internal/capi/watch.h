/* The sockets that libcurl wants to hear of, and the wake descriptor.
 *
 * A transfer of its own has one socket, which libcurl puts in and takes out with each request. For so few poll() is
 * cheaper than keeping an epoll set up to date; many go into one, and so do all when Go's poller is to wait for them. */
#ifndef GOCURL_WATCH_H
#define GOCURL_WATCH_H

#include "driver.h"

#ifdef GOCURL_EPOLL

/* what is a CURL_POLL_ value; known says that the socket is watched already. 0 or errno. */
int gocurl_watch(struct gocurl_driver *d, int fd, int what, int known);
/* Puts all sockets into the epoll set, and takes them out again unless they are many. 0 or errno. */
int gocurl_watch_gather(struct gocurl_driver *d);
void gocurl_watch_scatter(struct gocurl_driver *d);
/* Has Go's poller hear of the sockets, and no longer. park: 0 or errno. */
int gocurl_watch_park(struct gocurl_driver *d);
void gocurl_watch_unpark(struct gocurl_driver *d);
/* Waits and fills d->ready. */
void gocurl_watch_wait(struct gocurl_driver *d, int ms);
void gocurl_watch_open(struct gocurl_driver *d);
void gocurl_watch_close(struct gocurl_driver *d);

#endif
#endif
