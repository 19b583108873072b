#include "frame.h"
#include "cell.h"
#include "clock.h"
#include "confine.h"
#include "inside.h"
#include "lookup.h"
#include "share.h"
#include "thread_locale.h"

#include <stdatomic.h>

#if defined(__SANITIZE_ADDRESS__)
#define GOCURL_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GOCURL_ASAN 1
#endif
#endif
#ifdef GOCURL_ASAN
/* As a longjmp does: the frames that Goexit skips have not taken their red zones off the stack. */
void __asan_handle_no_return(void);
#else
static void __asan_handle_no_return(void) {}
#endif

static _Thread_local struct gocurl_frame *top;
static _Thread_local const void *work;
static atomic_uint under_lock;

const void *gocurl_work_begin(const void *of)
{
	const void *before = work;

	work = of;
	return before;
}

void gocurl_work_end(const void *before)
{
	work = before;
}

int gocurl_work_for(const struct gocurl_cell *cell)
{
	return top && top->work && top->work == cell->driver;
}

static void stack(struct gocurl_frame *f, struct gocurl_cell *cell, struct gocurl_driver *driver, int event)
{
	f->up = top;
	f->cell = cell;
	f->driver = driver;
	f->event = event;
	f->work = gocurl_work_begin(NULL);
	top = f;
}

void gocurl_frame_push_played(struct gocurl_frame *f, struct gocurl_cell *cell)
{
	stack(f, cell, NULL, 0);
}

void gocurl_frame_pop_played(struct gocurl_frame *f)
{
	gocurl_work_end(f->work);
	top = f->up;
}

static void push(struct gocurl_frame *f, struct gocurl_cell *cell, struct gocurl_driver *driver, int event)
{
	gocurl_lookup_began();
	f->confined = gocurl_confine_pause(); /* first: what is late comes before this callback */
	f->inside = gocurl_inside_pause();
	stack(f, cell, driver, event);
	if (gocurl_share_held())
		atomic_fetch_add_explicit(&under_lock, 1, memory_order_relaxed);
}

void gocurl_frame_push(struct gocurl_frame *f, struct gocurl_cell *cell)
{
	push(f, cell, __atomic_load_n(&cell->driver, __ATOMIC_RELAXED), 0);
}

void gocurl_frame_push_driver(struct gocurl_frame *f, struct gocurl_driver *driver, int event)
{
	push(f, NULL, driver, event);
}

int gocurl_frame_live(uintptr_t cell)
{
	for (struct gocurl_frame *f = top; f; f = f->up)
		if ((uintptr_t)f->cell == cell && f->work)
			return 1;
	return 0;
}

unsigned gocurl_frames_under_lock(void)
{
	return atomic_load_explicit(&under_lock, memory_order_relaxed);
}

void gocurl_frame_pop(struct gocurl_frame *f)
{
	gocurl_inside_resume(f->inside);
	gocurl_confine_resume(f->confined);
	if (f->cell)
		__atomic_store_n(&f->cell->ending.back, gocurl_ms(), __ATOMIC_RELAXED);
	gocurl_frame_pop_played(f);
}

void gocurl_frame_abandon(void)
{
	if (top)
		top = top->up;
	gocurl_locale_abandon();
	__asan_handle_no_return();
}

int gocurl_frame_situation(uintptr_t cell, uintptr_t driver)
{
	int s = GOCURL_OUTSIDE;

	for (struct gocurl_frame *f = top; f; f = f->up) {
		if (cell && (uintptr_t)f->cell == cell)
			return GOCURL_OWN;
		if (driver && (uintptr_t)f->driver == driver)
			s = f->event || s == GOCURL_EVENT ? GOCURL_EVENT : GOCURL_SIBLING;
		else if (s == GOCURL_OUTSIDE)
			s = GOCURL_FOREIGN;
	}
	return s;
}
