#include "confine.h"
#include "inside.h"
#include "late.h"
#include "share.h"

static _Thread_local struct gocurl_share *inside;

struct gocurl_share *gocurl_confine_enter_quiet(struct gocurl_share *s)
{
	if (!s || s == inside)
		return NULL;
	gocurl_mutex_lock(&s->confine);
	inside = s;
	return s;
}

struct gocurl_share *gocurl_confine_enter(struct gocurl_share *s)
{
	gocurl_inside_enter();
	return gocurl_confine_enter_quiet(s);
}

static void give(struct gocurl_share *entered)
{
	if (!entered)
		return;
	inside = NULL;
	gocurl_mutex_unlock(&entered->confine);
}

void gocurl_confine_leave_quiet(struct gocurl_share *entered)
{
	give(entered);
	if (entered)
		gocurl_late_play();
}

void gocurl_confine_leave(struct gocurl_share *entered)
{
	give(entered);
	gocurl_inside_leave();
	if (entered)
		gocurl_late_play();
}

int gocurl_confine_inside(void)
{
	return inside != NULL;
}

struct gocurl_share *gocurl_confine_pause(void)
{
	struct gocurl_share *s = inside;

	gocurl_confine_leave_quiet(s);
	return s;
}

void gocurl_confine_resume(struct gocurl_share *paused)
{
	gocurl_confine_enter_quiet(paused);
}
