#include "driver.h"
#include "cell.h"
#include "engine.h"
#include "thread_locale.h"
#include "wake.h"

#include <errno.h>

int64_t gocurl_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

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
	/* May still enter close-socket callbacks, whose cells outlive the driver for that reason. */
	gocurl_fn.multi_cleanup(d->multi);
	gocurl_engine_close(d);
	gocurl_wake_close(d);
	free(d);
}

int gocurl_driver_add(struct gocurl_driver *d, struct gocurl_cell *c)
{
	CURLMcode rc;

	c->error[0] = 0;
	c->no_source = 0;
	c->discarded = 0;
	c->driver = d;
	/* A private multi handle keeps as many idle connections as curl_easy_perform's would. */
	gocurl_fn.multi_setopt(d->multi, CURLMOPT_MAXCONNECTS, c->maxconnects ? c->maxconnects : 5L);
	rc = gocurl_fn.multi_add_handle(d->multi, c->easy);
	c->attached = rc == CURLM_OK;
	return rc;
}

int gocurl_driver_remove(struct gocurl_driver *d, struct gocurl_cell *c)
{
	if (!c->attached)
		return CURLM_OK;
	c->attached = 0;
	return gocurl_fn.multi_remove_handle(d->multi, c->easy);
}

int gocurl_driver_collect(struct gocurl_driver *d)
{
	int left, found = 0;
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
			gocurl_driver_remove(d, c);
		c->next_done = d->done;
		d->done = c;
		found = GOCURL_FINISHED;
	}
	return found;
}

struct gocurl_cell *gocurl_driver_next_done(struct gocurl_driver *d)
{
	struct gocurl_cell *c = d->done;

	if (c)
		d->done = c->next_done;
	return c;
}

int gocurl_driver_step(struct gocurl_driver *d, int64_t budget)
{
	struct gocurl_locale l;
	int flags;

	gocurl_locale_enter(&l);
	flags = d->polling ? gocurl_poll_step(d) : gocurl_engine_step(d, budget);
	gocurl_locale_leave(&l);
	return flags;
}

int gocurl_driver_wait(struct gocurl_driver *d, int64_t usec)
{
	return d->polling ? gocurl_poll_wait(d, usec) : gocurl_engine_wait(d, usec);
}
