/* WebSocket frames of an easy handle. The functions came with 7.86.0, gocurl_ws_start's with 8.16.0: who calls has seen
 * that they are there. */
#ifndef GOCURL_WEBSOCKET_H
#define GOCURL_WEBSOCKET_H

#include "cell.h"

/* A copy of libcurl's struct, which lives until the next call only. */
struct gocurl_frame_part {
	int32_t code;   /* CURLcode; 81: nothing to be had now */
	int32_t flags;  /* CURLWS_ */
	int64_t n;      /* bytes received or sent */
	int64_t offset; /* of them in the frame */
	int64_t left;   /* bytes of the frame after them */
};

struct gocurl_frame_part gocurl_ws_recv(struct gocurl_cell *c, void *p, size_t n);
struct gocurl_frame_part gocurl_ws_send(struct gocurl_cell *c, const void *p, size_t n, int64_t size, uint32_t flags);
/* What the write callback in progress is called with; code is 52 when that is no frame. */
struct gocurl_frame_part gocurl_ws_meta(struct gocurl_cell *c);
int gocurl_ws_start(struct gocurl_cell *c, uint32_t flags, int64_t size);

#endif
