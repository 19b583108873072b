/* What runs a multi handle: libcurl's own poll, or its socket callbacks on epoll. */
#ifndef LOOP_H
#define LOOP_H

#include "peer.h"

enum form { PERFORM, SOCKET };

struct loop {
	CURLM *multi;
	int ep;      /* SOCKET: the epoll set, else -1 */
	int64_t due; /* SOCKET: when libcurl's timer ends, in ms, or -1 */
};

/* loop_start makes the multi handle, once. It keeps that many connections: libcurl's own limit falls with the number of
 * transfers, and closes many connections whenever a round ends. */
void loop_start(struct loop *l, enum form form, long connections);

/* loop_turn waits for something to do, and does it. */
void loop_turn(struct loop *l);

/* loop_done takes a transfer that is over out of the multi handle: NULL when there is none. */
CURL *loop_done(struct loop *l);

#endif
