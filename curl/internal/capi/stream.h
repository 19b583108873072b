/* A stream is a transfer whose body somebody reads: its tape (tape.h) is not played to a write function but copied from.
 * While the reader itself leads the driver, body data goes straight into its memory, through a window. */
#ifndef GOCURL_STREAM_H
#define GOCURL_STREAM_H

#include "decl.h"

struct gocurl_cell;
struct gocurl_driver;

/* Whoever holds the driver's lock owns it, but for body: that is the reader's, like the tape being played. */
struct gocurl_stream {
	uint8_t on;
	uint8_t live;       /* header lines go to Go inside libcurl, and not on the tape */
	uint8_t headers;    /* Go wants header lines at all */
	uint8_t http;       /* the header that is arriving is one of HTTP */
	uint8_t answered;   /* the header of the last response is complete, or there is body data */
	uint8_t answer_out; /* what answered was when the tape was taken: the reader's */
	char *window;       /* memory of the caller of a step, NULL outside of it */
	size_t len, cap;    /* of window */
	char *body;         /* what the reader has before it, in the tape that was taken, ... */
	size_t body_len;    /* ... this much */
};

/* The cell is at rest. Has the tape record the body, and all else that can be recorded unless live. */
void gocurl_stream_start(struct gocurl_cell *c, int live, int headers);
/* Without a lock, by the reader, which is done with body: plays the tape to the next body data. An enum gocurl_played,
 * GOCURL_PLAY_BODY when there is some. */
int gocurl_stream_next(struct gocurl_cell *c);
/* gocurl_driver_step with a window of n bytes at p for the cell's body. The result is the flags | bytes written << 8. */
int64_t gocurl_stream_step(struct gocurl_driver *d, struct gocurl_cell *c, char *p, size_t n, int64_t budget);

/* For tape.c. How much of n bytes went through the window. */
size_t gocurl_stream_pass(struct gocurl_cell *c, const char *p, size_t n);
/* Looks for the end of the last header. Whether the line is news for the reader. */
int gocurl_stream_watch(struct gocurl_cell *c, const char *p, size_t n);
/* Whether libcurl takes no pause for an answer, from a file, or loses data over it, from TELNET. */
int gocurl_stream_unpausable(struct gocurl_cell *c);
/* Whether the transfer in flight is in that protocol. */
int gocurl_scheme_is(struct gocurl_cell *c, const char *name);
size_t gocurl_stream_header(struct gocurl_cell *c, char *p, size_t n);

#endif
