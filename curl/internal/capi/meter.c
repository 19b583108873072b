#include "meter.h"
#include "cell.h"
#include "clock.h"
#include "driver.h"
#include "sink.h"
#include "zcallbacks.h"

/* In microseconds. libcurl asks some ten times in a step that does not wait, one call after the other; where it waits, after a
 * tenth of a second (TELNET) or a whole one. The calls alone would do where it goes on and on without a wait; and where nobody
 * else gets a turn meanwhile it may do that for a second, but by the clock alone a machine that stood still would look like it. */
enum { MANY_CALLS = 1000, NOW_AND_THEN = 64, TOO_LONG = 1000000, A_WAIT = 50000, WAITED = 250000 };

/* Looks at the clock, because there have been so many calls. */
static void look(struct gocurl_driver *d, struct gocurl_cell *c)
{
	int64_t now = gocurl_now_roughly();

	if (d->meter_calls == MANY_CALLS)
		d->meter_since = now;
	if (c->timeout && (now - c->begun) / 1000 >= c->timeout)
		c->endless = GOCURL_OVERDUE; /* libcurl looks at no clock there */
	else if (d->shared && !d->confined && now - d->meter_since >= TOO_LONG)
		c->endless = GOCURL_HOLDS_UP;
}

/* One more call. */
static void count(struct gocurl_driver *d, struct gocurl_cell *c)
{
	int again = d->meter_of == c && d->meter_step == d->steps;

	if (!again) {
		d->meter_of = c;
		d->meter_step = d->steps;
		d->meter_calls = 0;
		d->meter_waited = 0;
	}
	d->meter_quiet = __atomic_exchange_n(&c->quiet, 1, __ATOMIC_RELAXED) && again;
	d->meter_calls++;
	if (d->meter_calls >= MANY_CALLS && (d->meter_calls - MANY_CALLS) % NOW_AND_THEN == 0 && !c->endless)
		look(d, c);
}

int gocurl_meter_ends(struct gocurl_cell *c)
{
	if (c->driver)
		count(c->driver, c);
	return __atomic_load_n(&c->stopping, __ATOMIC_RELAXED) || c->ending || c->endless;
}

int gocurl_meter_end(struct gocurl_cell *c)
{
	struct gocurl_driver *d = c->driver;
	int64_t now, last = c->ending_at;

	if (!d || d->meter_calls >= MANY_CALLS)
		return 1;
	if (!last) /* the first call since it is to end, so that there was none in between */
		last = __atomic_load_n(&c->stopping, __ATOMIC_RELAXED);
	now = c->ending_at = gocurl_now_roughly();
	if (!d->meter_quiet || !last || now - last < A_WAIT)
		return 0;
	d->meter_waited += now - last;
	return d->meter_waited >= WAITED;
}

int gocurl_meter_heard(struct gocurl_cell *c, int answer)
{
	__atomic_store_n(&c->quiet, 1, __ATOMIC_RELAXED); /* that was no other callback */
	if (!answer)
		return 0;
	c->ending = (uint8_t)answer;
	return gocurl_meter_end(c);
}

void gocurl_meter_stopping(struct gocurl_cell *c)
{
	__atomic_store_n(&c->stopping, gocurl_now_roughly(), __ATOMIC_RELAXED);
}

void gocurl_meter_start(struct gocurl_cell *c)
{
	c->ending_at = 0;
	if (c->timeout)
		c->begun = gocurl_now_roughly();
	if (c->metered || c->progress_on)
		return;
	/* Not by gocurl_set_function, for which the user's would be gone. What is refused leaves libcurl to its time limits. */
	if (gocurl_fn.easy_setopt(c->easy, CURLOPT_XFERINFOFUNCTION, gocurl_sink_meter) ||
	    gocurl_fn.easy_setopt(c->easy, CURLOPT_XFERINFODATA, (void *)c) || gocurl_fn.easy_setopt(c->easy, CURLOPT_NOPROGRESS, 0L))
		return;
	c->metered = 1;
}

CURLcode gocurl_meter_functions(struct gocurl_cell *c)
{
	int new_style = gocurl_cell_has(c, GOCURL_FUNCTION_XFERINFOFUNCTION);
	CURLcode rc;

	if (new_style || !gocurl_cell_has(c, GOCURL_FUNCTION_PROGRESSFUNCTION))
		return gocurl_set_function(c, CURLOPT_XFERINFOFUNCTION, new_style);
	rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_XFERINFOFUNCTION, (curl_xferinfo_callback)NULL);
	return rc ? rc : gocurl_set_function(c, CURLOPT_PROGRESSFUNCTION, 1);
}

CURLcode gocurl_meter_stop(struct gocurl_cell *c)
{
	CURLcode rc;

	if (!c->metered)
		return CURLE_OK;
	c->metered = 0;
	rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_NOPROGRESS, 1L); /* or it would not have been ours */
	return rc ? rc : gocurl_meter_functions(c);
}

CURLcode gocurl_meter_progress(struct gocurl_cell *c, int on)
{
	CURLcode rc;

	c->progress_on = on != 0;
	if (c->metered && !on)
		return CURLE_OK;
	c->metered = 0;
	rc = on ? gocurl_meter_functions(c) : CURLE_OK;
	return rc ? rc : gocurl_fn.easy_setopt(c->easy, CURLOPT_NOPROGRESS, on ? 0L : 1L);
}

CURLcode gocurl_meter_clone(struct gocurl_cell *c, const struct gocurl_cell *from)
{
	CURLcode rc = gocurl_meter_functions(c);

	c->progress_on = from->progress_on;
	return rc || !from->metered ? rc : gocurl_fn.easy_setopt(c->easy, CURLOPT_NOPROGRESS, 1L);
}
