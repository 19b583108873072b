#include "driver.h"
#include "cell.h"
#include "confine.h"
#include "engine.h"
#include "goodbye.h"
#include "left.h"
#include "lookup.h"
#include "thread_locale.h"
#include "wake.h"
#include "zcallbacks.h"

#include <errno.h>

struct gocurl_driver *gocurl_driver_new(int polling, int quick_exit, int *code)
{
	struct gocurl_driver *d = calloc(1, sizeof *d);
	int err;

	if (!d) {
		*code = CURLM_OUT_OF_MEMORY;
		return NULL;
	}
	d->deadline = -1;
	d->polling = polling;
#ifdef GOCURL_EPOLL
	d->epfd = -1;
	d->parkfd = -1;
#endif
	d->wake_read = d->wake_write = -1;
	d->multi = gocurl_fn.multi_init();
	if (!d->multi) {
		free(d);
		*code = CURLM_OUT_OF_MEMORY;
		return NULL;
	}
	if ((err = gocurl_wake_open(d)) || (!polling && (err = gocurl_engine_open(d)))) {
		gocurl_driver_free(d);
		*code = -err;
		return NULL;
	}
	if (quick_exit) /* 8.20.0: ending the multi handle does not wait for resolver threads */
		gocurl_fn.multi_setopt(d->multi, CURLMOPT_QUICK_EXIT, 1L);
	return d;
}

void gocurl_driver_free(struct gocurl_driver *d)
{
	const void *before = gocurl_work_begin(d);
	struct gocurl_share *in = gocurl_confine_enter(d->confined);

	gocurl_goodbye_now(d);
	/* May still enter close-socket callbacks, whose cells outlive the driver for that reason. */
	gocurl_fn.multi_cleanup(d->multi);
	gocurl_confine_leave(in);
	gocurl_work_end(before);
	gocurl_engine_close(d);
	gocurl_wake_close(d);
	free(d);
}

int gocurl_driver_add(struct gocurl_driver *d, struct gocurl_cell *c)
{
	const void *before = gocurl_work_begin(d);
	struct gocurl_share *in = gocurl_confine_enter(c->confined);
	CURLMcode rc;

	gocurl_cell_begin(c, d);
	/* A private multi handle keeps as many idle connections as curl_easy_perform's would. */
	if (!d->shared)
		gocurl_fn.multi_setopt(d->multi, CURLMOPT_MAXCONNECTS, c->maxconnects ? c->maxconnects : 5L);
	rc = gocurl_fn.multi_add_handle(d->multi, c->easy);
	gocurl_confine_leave(in);
	gocurl_work_end(before);
	c->attached = rc == CURLM_OK;
	c->pooled |= d->shared;
	if (rc) {
		d->code = rc;
	} else {
		d->cells++;
		c->looks = !d->shared || (c->functions & GOCURL_PROGRESS_FUNCTIONS) != 0;
		d->lookers += c->looks;
		c->spot = d->shared && !c->taping;
		d->spots += c->spot;
	}
	return rc;
}

void gocurl_driver_share(struct gocurl_driver *d, struct gocurl_share *confined)
{
	d->shared = 1;
	d->confined = confined;
}

CURLMcode gocurl_driver_limit(struct gocurl_driver *d, int32_t option, long value)
{
	return gocurl_fn.multi_setopt(d->multi, option, value);
}

int gocurl_driver_step(struct gocurl_driver *d, int64_t budget)
{
	const void *before = gocurl_work_begin(d);
	struct gocurl_share *in = gocurl_confine_enter(d->confined);
	struct gocurl_locale l;
	int flags;

	d->steps++;
	gocurl_locale_enter(&l);
	flags = d->polling ? gocurl_poll_step(d) : gocurl_engine_step(d, budget);
	gocurl_lookup_began();
	gocurl_locale_leave(&l);
	gocurl_confine_leave(in);
	gocurl_work_end(before);
	return flags;
}

int gocurl_driver_wait(struct gocurl_driver *d, int64_t usec)
{
	return d->polling ? gocurl_poll_wait(d, usec) : gocurl_engine_wait(d, usec);
}

int gocurl_driver_run(struct gocurl_driver *d, struct gocurl_cell *c, int64_t budget, int64_t usec)
{
	if (c && gocurl_driver_add(d, c))
		return GOCURL_FAILED;
	return gocurl_engine_run(d, budget, usec);
}
