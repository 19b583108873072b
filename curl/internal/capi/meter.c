#include "meter.h"
#include "cell.h"
#include "sink.h"
#include "zcallbacks.h"

static int has(const struct gocurl_cell *c, int function)
{
	return c->functions >> function & 1;
}

int gocurl_meter_ends(const struct gocurl_cell *c)
{
	return __atomic_load_n(&c->stopping, __ATOMIC_RELAXED) != 0;
}

void gocurl_meter_start(struct gocurl_cell *c)
{
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
	CURLcode rc;

	if (has(c, GOCURL_FUNCTION_XFERINFOFUNCTION) || !has(c, GOCURL_FUNCTION_PROGRESSFUNCTION))
		return gocurl_set_function(c, CURLOPT_XFERINFOFUNCTION, has(c, GOCURL_FUNCTION_XFERINFOFUNCTION));
	rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_XFERINFOFUNCTION, (curl_xferinfo_callback)NULL);
	return rc ? rc : gocurl_set_function(c, CURLOPT_PROGRESSFUNCTION, 1);
}

CURLcode gocurl_meter_stop(struct gocurl_cell *c)
{
	CURLcode rc;

	if (!c->metered)
		return CURLE_OK;
	c->metered = 0;
	rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_NOPROGRESS, c->progress_on ? 0L : 1L);
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
	c->metered = from->metered;
	return rc ? rc : gocurl_meter_stop(c);
}
