/* The last words of connections other than HTTP's. When a multi handle ends, libcurl tells the server of each (QUIT, LOGOUT) and
 * waits for the answer: up to two minutes with libcurl 7.x, one second with 8.14.1. Nothing comes of that answer, so nothing
 * more is received from those servers then.
 *
 * A driver remembers the sockets that its transfers have used, by what tells a socket from the next one with the same
 * number: libcurl may have closed it since. Only Linux tells that. */
#ifndef GOCURL_GOODBYE_H
#define GOCURL_GOODBYE_H

#include "decl.h"

struct gocurl_cell;
struct gocurl_driver;

/* A transfer of the cell is over, and still in the multi handle. */
void gocurl_goodbye_note(struct gocurl_driver *d, struct gocurl_cell *c);
/* Before the multi handle ends: what was noted is freed. */
void gocurl_goodbye_now(struct gocurl_driver *d);

#endif
