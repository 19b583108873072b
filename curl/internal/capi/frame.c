#include "frame.h"
#include "cell.h"
#include "thread_locale.h"

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

void gocurl_frame_push(struct gocurl_frame *f, struct gocurl_cell *cell)
{
	f->up = top;
	f->cell = cell;
	f->driver = cell->driver;
	f->event = 0;
	top = f;
}

void gocurl_frame_push_driver(struct gocurl_frame *f, struct gocurl_driver *driver, int event)
{
	f->up = top;
	f->cell = NULL;
	f->driver = driver;
	f->event = event;
	top = f;
}

void gocurl_frame_pop(struct gocurl_frame *f)
{
	top = f->up;
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
