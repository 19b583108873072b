/* A tape records what libcurl hands to the callbacks of a cell, and plays it later, outside of libcurl, to the Go
 * functions that the callbacks stand for.
 *
 * On a driver that several handles share, the thread that leads runs everybody's callbacks: a Go function that waits
 * would hold up all of them. So data and log lines are recorded there (cell->taping has the bit of each callback that
 * is), in the order they came, and the goroutine that waits for the transfer plays them to its own functions. The same
 * keeps Go out of callbacks that libcurl makes while it holds the locks of a share.
 *
 * A full tape makes libcurl pause, so that memory is bounded: a reader that is slow slows the sender down. A log line cannot be
 * answered with a pause: there the leader asks for one, after the step. Data to send goes the other way through a feed: libcurl takes
 * from it, and pauses when it is empty.
 *
 * Owners: rec and feed belong to the thread that holds the driver's lock; out and stage to the goroutine that plays and
 * fills, which swaps them for rec and feed under that lock. */
#ifndef GOCURL_TAPE_H
#define GOCURL_TAPE_H

#include "decl.h"

struct gocurl_cell;
struct gocurl_source;

enum {
	GOCURL_TAPE_FULL = 256 * 1024, /* bytes of body after which libcurl pauses; less makes a fast network stall */
	GOCURL_TAPE_MOST = 64 * GOCURL_TAPE_FULL, /* after which log lines are left out: far more than a step makes, unless it has no end */
	GOCURL_TAPE_KEEP = 8 * 1024,   /* what a tape keeps from one transfer to the next */
	GOCURL_FEED_SIZE = 64 * 1024,  /* libcurl's own upload buffer has this size, ... */
	GOCURL_FEED_LARGE = 512 * 1024 /* ... unless gocurl_cell_fit_upload has made it larger; more gains nothing */
};

struct gocurl_record {
	uint32_t len;
	uint8_t function; /* enum gocurl_function */
	uint8_t kind;     /* curl_infotype of a log line */
};

struct gocurl_tape {
	char *buf; /* records, each with its bytes behind it; not aligned */
	size_t len, cap;
	size_t pos;  /* played so far */
	size_t last; /* where the last record begins, meaningful when there is one */
};

struct gocurl_feed {
	char *buf; /* GOCURL_FEED_SIZE or _LARGE, or NULL */
	size_t len, pos;
};

/* What data to send comes from: the read function, or a part of a MIME form (mime.h). */
struct gocurl_origin {
	int number;    /* of the source, counted from 1 on; 0: the read function */
	uint64_t turn; /* of the source */
};

/* How playing and filling went. */
enum gocurl_played {
	GOCURL_PLAYED,        /* all of it */
	GOCURL_PLAY_PAUSED,   /* a function asked for a pause: what it was given is still there */
	GOCURL_PLAY_REFUSED,  /* a function failed, or the transfer is to end */
	GOCURL_PLAY_UNWRITTEN, /* the same of one that takes data */
	GOCURL_PLAY_BODY      /* of a stream: cell->stream.body comes next */
};

/* Begins recording the callbacks in the mask of function bits, 0: none any more. What is recorded is dropped. */
void gocurl_tape_start(struct gocurl_cell *c, uint64_t mask);
void gocurl_tape_free(struct gocurl_cell *c);

/* Without a lock, by the goroutine that plays. An enum gocurl_played. */
int gocurl_tape_play(struct gocurl_cell *c);
/* The same of the progress alone, before what a pause holds back. */
int gocurl_tape_report(struct gocurl_cell *c);

/* Without a lock: asks the read function for data. An enum gocurl_played. */
int gocurl_feed_fill(struct gocurl_cell *c);
/* Under the driver's lock: hands what was filled to libcurl, unless it came from where libcurl does not read any more. */
void gocurl_feed_give(struct gocurl_cell *c);

/* Under the driver's lock: what libcurl is to be told about pausing in addition to what the user wants. */
int gocurl_tape_pause_mask(struct gocurl_cell *c);

/* The recording forms of the trampolines, for zcallbacks.c. */
size_t gocurl_tape_Write(char *p, size_t size, size_t n, void *cell);
size_t gocurl_tape_Header(char *p, size_t size, size_t n, void *cell);
size_t gocurl_tape_Read(char *p, size_t size, size_t n, void *cell);
size_t gocurl_tape_read_source(struct gocurl_source *s, char *p, size_t n);
int gocurl_tape_Debug(CURL *e, curl_infotype kind, char *p, size_t n, void *cell);
int gocurl_tape_Xferinfo(void *cell, curl_off_t dltotal, curl_off_t dlnow, curl_off_t ultotal, curl_off_t ulnow);
int gocurl_tape_Progress(void *cell, double dltotal, double dlnow, double ultotal, double ulnow);

/* Puts a line on the tape that says how many lines are not on it. */
void gocurl_tape_missed(struct gocurl_cell *c);

/* Drops what was read ahead from a source that libcurl reads from its start again. */
void gocurl_tape_rewound(struct gocurl_source *s);

#endif
