#include "meter.h"
#include "cell.h"
#include "zcallbacks.h"

void gocurl_meter_start(struct gocurl_cell *c)
{
	if (c->metered || c->functions & GOCURL_PROGRESS_FUNCTIONS)
		return;
	if (gocurl_set_function(c, CURLOPT_XFERINFOFUNCTION, 0) || gocurl_fn.easy_setopt(c->easy, CURLOPT_NOPROGRESS, 0L))
		return; /* without, it ends when libcurl has waited long enough */
	c->metered = 1;
}

void gocurl_meter_stop(struct gocurl_cell *c)
{
	if (c->metered)
		gocurl_fn.easy_setopt(c->easy, CURLOPT_NOPROGRESS, 1L);
	c->metered = 0;
}

int gocurl_meter_keeps(struct gocurl_cell *c, int64_t no_progress)
{
	if (!no_progress)
		c->metered = 0; /* the user's from now on, and our function stays in place until there is one */
	return c->metered;
}
