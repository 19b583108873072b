/* How a transfer ends that is to end while libcurl is at work for it.
 *
 * The driver takes such a transfer out after the step, be it that it was stopped, or that one of its callbacks has failed. So
 * what libcurl is told in the step is for steps that take their time, and for what must not happen any more: libcurl asks
 * the progress function (meter.h), whose answer can end the transfer.
 *
 * In one place it must not: when libcurl has just come to the end of the transfer (MSTATE_DONE, in all releases up to
 * 8.22.0). It then considers it over without having done what ends it. The connection stays open until the multi handle ends,
 * used by nobody; an FTP server's has that wait for the answer to its goodbye; and with 7.74.0 the next transfer takes the
 * head of this response for its own. Nothing says where libcurl is, so it is told
 * - before the request: the end is not reached without one (but for connect-only handles), and nothing may be sent any more;
 * - where it waits, which it does not do at the end;
 * - in steps that go on and on;
 * - in the middle of a local file, which is all in one step. */
#ifndef GOCURL_ENDING_H
#define GOCURL_ENDING_H

#include <stdint.h>

struct gocurl_cell;

/* What a progress function has said: go on, end it, or that another callback has brought about the end before. */
enum { GOCURL_SAID_NOTHING, GOCURL_SAID_END, GOCURL_SAID_ENDED };
/* Why a transfer is ended in a step that goes on and on: others have no turn, or its time is over. */
enum { GOCURL_CUT_HOLDS_UP = 1, GOCURL_CUT_OVERDUE };

/* Of a cell; where nothing else is said, of whoever holds the driver's lock. Times are milliseconds, and never 0. */
struct gocurl_ending {
	uint32_t wanted; /* since when the transfer is to end, 0: it is not; atomic, set by any thread */
	uint32_t back;   /* when its last callback has returned (frame.c); atomic */
	uint32_t asked;  /* when libcurl has asked last, of what was to end then; 0: not yet */
	uint8_t said;    /* GOCURL_SAID_ */
	uint8_t cut;     /* GOCURL_CUT_ */
	uint8_t moves;   /* bytes have moved between the last two questions, ... */
	int64_t moved;   /* ... so many in all */
	int64_t begun;   /* microseconds; 0: nobody has noted it */
};

/* Of a driver: its lock. */
struct gocurl_asking {
	uint64_t step;          /* in this one ... */
	struct gocurl_cell *of; /* ... this cell's has been the last question, ... */
	uint64_t count;         /* ... which is the count-th of it in a row; ... */
	int again;              /* ... not the first; ... */
	uint32_t since;         /* ... there have been very many since then, ... */
	uint32_t waited;        /* ... and libcurl has waited so long for it once it was to end */
};

/* Before a transfer. */
void gocurl_ending_begin(struct gocurl_cell *c);
/* The transfer is to end. From any thread, as long as the cell is there. */
void gocurl_ending_want(struct gocurl_cell *c);

/* libcurl asks, when so many bytes have moved: whether the transfer is to end. Then the user need not be asked, ... */
int gocurl_ending_asked(struct gocurl_cell *c, int64_t moved);
/* ... and this is what libcurl is told. */
int gocurl_ending_told(struct gocurl_cell *c);
/* What it is told when the user's function has said that. */
int gocurl_ending_answer(struct gocurl_cell *c, int said);

#endif
