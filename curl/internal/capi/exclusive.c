#include "exclusive.h"
#include "mutex.h"

#include <stddef.h>

struct waiter {
	struct waiter *next;
	gocurl_cond granted_now;
	int granted;
};

static int needed; /* written once, before any other thread reads it */

static gocurl_mutex guard;            /* of the rest, held for a few instructions */
static int taken;
static struct waiter *first, **last = &first; /* each on the stack of its thread */

void gocurl_exclusive_need(void)
{
	if (!needed)
		gocurl_mutex_open(&guard);
	needed = 1;
}

void gocurl_exclusive_take(void)
{
	struct waiter me = { 0 };

	if (!needed)
		return;
	gocurl_mutex_lock(&guard);
	if (taken) {
		gocurl_cond_open(&me.granted_now);
		*last = &me;
		last = &me.next;
		while (!me.granted)
			gocurl_cond_wait(&me.granted_now, &guard);
		gocurl_cond_close(&me.granted_now);
	}
	taken = 1;
	gocurl_mutex_unlock(&guard);
}

void gocurl_exclusive_give(void)
{
	struct waiter *next;

	if (!needed)
		return;
	gocurl_mutex_lock(&guard);
	next = first;
	if (next) { /* it stays taken, by that one */
		first = next->next;
		if (!first)
			last = &first;
		next->granted = 1;
		gocurl_cond_wake(&next->granted_now);
	} else {
		taken = 0;
	}
	gocurl_mutex_unlock(&guard);
}
