/* Which callbacks stand on this thread's stack.
 *
 * Go keeps a goroutine on its thread while C that called it is still on the stack, so a thread-local list says
 * exactly whose callbacks the caller stands in, without goroutine ids. A frame lives on the C stack of the
 * trampoline that pushed it. */
#ifndef GOCURL_FRAME_H
#define GOCURL_FRAME_H

#include <stdint.h>

struct gocurl_cell;
struct gocurl_driver;
struct gocurl_share;

enum gocurl_situation {
	GOCURL_OUTSIDE,
	GOCURL_OWN,     /* in a callback of this very cell */
	GOCURL_SIBLING, /* in a callback of another cell of the same driver */
	GOCURL_FOREIGN, /* in a callback of another driver only */
	GOCURL_EVENT    /* in a socket, timer or notify callback of the same driver */
};

struct gocurl_frame {
	struct gocurl_frame *up;
	struct gocurl_cell *cell;
	struct gocurl_driver *driver;
	struct gocurl_share *confined; /* what the thread is inside libcurl with, and lets go of meanwhile */
	int inside;                    /* so is this: inside.h */
	const void *work; /* gocurl_work_begin */
	int event; /* a callback of the multi handle in which libcurl forbids more than in those of transfers */
};

void gocurl_frame_push(struct gocurl_frame *f, struct gocurl_cell *cell);
/* For a callback that belongs to no cell. */
void gocurl_frame_push_driver(struct gocurl_frame *f, struct gocurl_driver *driver, int event);
void gocurl_frame_pop(struct gocurl_frame *f);

/* The same for callbacks that were recorded and are played: outside of libcurl, so that there is nothing to let go of, and
 * on no driver, because what they do holds none up. */
void gocurl_frame_push_played(struct gocurl_frame *f, struct gocurl_cell *cell);
void gocurl_frame_pop_played(struct gocurl_frame *f);

/* What the thread is inside libcurl for: a driver, or a share that ends. Callbacks, and what they call, are not part of
 * that. The result of the first is for the second. */
const void *gocurl_work_begin(const void *of);
void gocurl_work_end(const void *before);

/* In a callback: whether what the thread was inside libcurl for can have been a transfer of the cell. */
int gocurl_work_for(const struct gocurl_cell *cell);

/* Whether a callback of this cell stands on this thread's stack that libcurl itself has called, inside a driver's step: not
 * one that was recorded and is played. */
int gocurl_frame_live(uintptr_t cell);

/* How many callbacks began while their thread held a lock of a share: always 0, which tests see to. */
unsigned gocurl_frames_under_lock(void);

/* Pops the innermost frame and puts the thread's locale back, when Goexit skips the C frames that would do both. */
void gocurl_frame_abandon(void);

/* Where the calling thread stands as seen from a cell and the driver it belongs to (0: none). */
int gocurl_frame_situation(uintptr_t cell, uintptr_t driver);

#endif
