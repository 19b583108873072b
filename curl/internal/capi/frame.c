#include "frame.h"
#include "cell.h"
#include "thread_locale.h"

static _Thread_local struct gocurl_frame *top;

void gocurl_frame_push(struct gocurl_frame *f, struct gocurl_cell *cell)
{
	f->up = top;
	f->cell = cell;
	f->driver = cell->driver;
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
}

int gocurl_frame_situation(uintptr_t cell, uintptr_t driver)
{
	int s = GOCURL_OUTSIDE;

	for (struct gocurl_frame *f = top; f; f = f->up) {
		if ((uintptr_t)f->cell == cell)
			return GOCURL_OWN;
		if (driver && (uintptr_t)f->driver == driver)
			s = GOCURL_SIBLING;
		else if (s == GOCURL_OUTSIDE)
			s = GOCURL_FOREIGN;
	}
	return s;
}
