/* How many threads of libcurl resolve names.
 *
 * From 7.87.0 to 8.19.0 libcurl makes a thread for each name that it looks up, and leaves the thread to itself when the
 * transfer ends before. It does not tell when that thread ends, nor how many there are. But the thread is made by the one
 * that has just called the resolver-start function, and on Linux a thread begins with the name of the one that makes it: so
 * the caller bears a name of ours from that callback on, until it leaves libcurl or calls Go, and /proc has the number of
 * those that were made meanwhile. Elsewhere nothing is counted. */
#ifndef GOCURL_LOOKUP_H
#define GOCURL_LOOKUP_H

#include "decl.h"

struct gocurl_cell;

/* From now on they are counted. Called while libcurl is loaded, before there is a handle. */
void gocurl_lookup_count(void);
int gocurl_lookup_counted(void);

/* Takes room for one more thread; 0: there is none now. For private drivers: what others wait for is not held up, and takes
 * room that is not there when the thread begins. */
int gocurl_lookup_room(void);

/* Whether others wait for the driver that the cell is on. */
int gocurl_lookup_of_many(const struct gocurl_cell *c);

/* The resolver-start function where the user has none; NULL where they are not counted. It calls Go only when there is no
 * room, to wait. */
curl_resolver_start_callback gocurl_lookup_function(void);

/* Threads that this one makes from here resolve names, or do not. */
void gocurl_lookup_begins(struct gocurl_cell *c);
void gocurl_lookup_began(void);

#endif
