/* What the two engines share: the multi handle's errors, and taking transfers out of it. */
#include "engine.h"
#include "break_off.h"
#include "cell.h"
#include "confine.h"
#include "fold.h"
#include "frame.h"
#include "goodbye.h"
#include "left.h"
#include "stash.h"
#include "zcallbacks.h"

#include <errno.h>

/* Errors of the multi handle are rare and end its transfers; the first one is the cause. */
int gocurl_driver_note(struct gocurl_driver *d, CURLMcode rc)
{
	if (rc == CURLM_OK || rc == CURLM_CALL_MULTI_PERFORM)
		return 0;
	/* A socket that closed between the event and this call is no failure of the driver. */
	if (rc == CURLM_BAD_SOCKET)
		return 0;
	d->code = rc;
	return GOCURL_FAILED;
}

/* So many may want for memory, or whatever is over soon; a wait that always fails would keep its thread busy for ever. */
#define GOCURL_VAIN_MAX 3

void gocurl_driver_heard(struct gocurl_driver *d, CURLMcode rc)
{
	if (rc == CURLM_UNRECOVERABLE_POLL && errno == EINTR)
		rc = CURLM_OK; /* 7.84.0: only a signal, see signals.h */
	d->deaf = rc;
	d->vain = rc ? d->vain + 1 : 0;
}

static int deaf(struct gocurl_driver *d)
{
	if (d->vain < GOCURL_VAIN_MAX)
		return 0;
	d->vain = 0; /* the driver may get another transfer */
	return gocurl_driver_note(d, d->deaf);
}

/* The cell may be gone before the driver is looked at again, and what it does at rest is no matter of a driver for many
 * handles. */
static void part(struct gocurl_driver *d, struct gocurl_cell *c)
{
	struct gocurl_cell **p = &d->news;

	while (*p && *p != c)
		p = &(*p)->next_news;
	if (*p)
		*p = c->next_news;
	c->noted = 0;
	if (d->shared)
		__atomic_store_n(&c->driver, NULL, __ATOMIC_RELAXED); /* frame.c reads it while what was recorded is played */
}

static CURLMcode take_out(struct gocurl_driver *d, struct gocurl_cell *c, int finished)
{
	struct gocurl_share *in;
	const void *before;
	CURLMcode rc;

	if (!c->attached)
		return CURLM_OK;
	before = gocurl_work_begin(d); /* the connection may be another's, who has gone on to another driver */
	c->leaving = 1;
	gocurl_goodbye_note(d, c);
	in = gocurl_confine_enter(c->confined);
	gocurl_left(c, 0);
	c->attached = 0;
	d->cells--;
	d->lookers -= c->looks;
	d->spots -= c->spot;
	if (!finished) {
		gocurl_stash_drop(c);
		gocurl_break_off(c);
	}
	rc = gocurl_fn.multi_remove_handle(d->multi, c->easy);
	if (!finished)
		gocurl_broken_off(c);
	else if (d->shared || d->users) /* else nobody else uses its connection */
		gocurl_stash_left(c);
	gocurl_confine_leave(in);
	gocurl_work_end(before);
	c->leaving = 0;
	gocurl_fold_end(c);
	part(d, c);
	/* For the listing of a wildcard transfer libcurl puts a parser in the place of the write function. When the
	 * transfer ends before the listing, it stays there, with freed memory to work on. */
	if (c->wildcard)
		gocurl_set_function(c, CURLOPT_WRITEFUNCTION, gocurl_cell_has(c, GOCURL_FUNCTION_WRITEFUNCTION));
	return rc;
}

int gocurl_driver_remove(struct gocurl_driver *d, struct gocurl_cell *c)
{
	return take_out(d, c, 0);
}

struct gocurl_cell *gocurl_driver_finished(struct gocurl_driver *d)
{
	int left;
	CURLMsg *m;

	while ((m = gocurl_fn.multi_info_read(d->multi, &left))) {
		char *p = NULL;
		struct gocurl_cell *c;
		CURL *e = m->easy_handle;
		CURLcode result = m->data.result; /* m is gone after the next call */

		if (m->msg != CURLMSG_DONE || gocurl_fn.easy_getinfo(e, CURLINFO_PRIVATE, &p) || !p)
			continue;
		c = (struct gocurl_cell *)p;
		c->result = result;
		/* A connect-only handle loses its connection when it leaves the multi handle. */
		if (!c->keep || result)
			take_out(d, c, 1);
		return c;
	}
	return NULL;
}

int gocurl_driver_collect(struct gocurl_driver *d)
{
	struct gocurl_cell *c;
	int found = 0;

	while ((c = gocurl_driver_finished(d))) {
		c->next_done = d->done;
		d->done = c;
		found = GOCURL_FINISHED;
	}
	if (d->news || d->filled)
		found |= GOCURL_NEWS;
	d->filled = 0;
	return found | deaf(d);
}
