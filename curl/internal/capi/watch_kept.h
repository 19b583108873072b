/* Sockets that libcurl has no question about just now stay in the epoll set.
 *
 * libcurl takes a connection's socket out when a request is over and puts it in again for the next one: two system calls a
 * request, a tenth of a small one's processor time. Asking which socket a number stands for is one cheap call. The number
 * alone says nothing, for a connection may have been closed and its number used again, without a word to us.
 *
 * Owner: the driver. Lock: the driver's; while a thread waits, only that thread changes it. */
#ifndef GOCURL_WATCH_KEPT_H
#define GOCURL_WATCH_KEPT_H

#include "driver.h"

#ifdef GOCURL_EPOLL

struct gocurl_kept {
	uint64_t socket; /* the one that is in the set, as the kernel numbers them all; 0: none that is known */
	uint8_t events;  /* what for */
	uint8_t idle;    /* and libcurl does not ask now */
};

/* Which socket fd is: no other ever has the same number. 0: the kernel does not say (before Linux 4.12), or it is none. */
uint64_t gocurl_kept_which(int fd);
/* What is known of fd, NULL: nothing. */
struct gocurl_kept *gocurl_kept_find(struct gocurl_driver *d, int fd);
/* Notes that the set has the socket. Without memory for it nothing is noted. */
void gocurl_kept_note(struct gocurl_driver *d, int fd, uint64_t socket, int events);
/* Takes all that are idle out of the set. */
void gocurl_kept_drop(struct gocurl_driver *d);

#endif
#endif
