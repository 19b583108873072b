#include "inside.h"
#include "exclusive.h"
#include "signals.h"

static _Thread_local int depth;

static void begin(void)
{
	gocurl_exclusive_take();
	gocurl_signals_keep();
}

static void end(void)
{
	gocurl_signals_let();
	gocurl_exclusive_give();
}

void gocurl_inside_enter(void)
{
	if (depth++ == 0)
		begin();
}

void gocurl_inside_leave(void)
{
	if (--depth == 0)
		end();
}

int gocurl_inside_pause(void)
{
	int was = depth;

	if (was) {
		depth = 0;
		end();
	}
	return was;
}

void gocurl_inside_resume(int was)
{
	if (was) {
		begin();
		depth = was;
	}
}
