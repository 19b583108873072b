/* Until when libcurl may call a close-socket function with memory of ours.
 *
 * A connection keeps the function and the data of the handle that made it, and can outlive the handle by as long as there is a
 * pool that it is in: of a Multi, or of a share. So what the data is counts the sockets that can be closed with it: they claim
 * it. A socket that has not connected, or that lost a race to connect, libcurl closes without the function: that is known when
 * its number is given out again. So claims that are over are as many as a process has descriptors, at most.
 *
 * Whoever reads a count of 0 while no transfer is in flight that could open another socket may free what is counted. */
#ifndef GOCURL_CLAIMS_H
#define GOCURL_CLAIMS_H

#include "decl.h"

#include <stdatomic.h>

struct gocurl_claims {
	atomic_int n; /* written under a lock of its own, of all of them */
};

/* A socket is open, and its connection has this for its data, or it is being closed with it: the last use of the data. */
void gocurl_claim(struct gocurl_claims *of, curl_socket_t fd);
void gocurl_claim_end(struct gocurl_claims *of, curl_socket_t fd);
/* Nothing calls with this data any more. */
void gocurl_claims_drop(struct gocurl_claims *of);

static inline int gocurl_claimed(struct gocurl_claims *of)
{
	return atomic_load(&of->n) != 0;
}

#endif
