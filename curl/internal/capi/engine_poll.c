#include "engine.h"
#include "wake.h"

#include <errno.h>

int gocurl_poll_step(struct gocurl_driver *d)
{
	int flags = gocurl_wake_drain(d) ? GOCURL_WOKEN : 0;

	d->code = 0;
	flags |= gocurl_driver_note(d, gocurl_fn.multi_perform(d->multi, &d->running));
	flags |= gocurl_driver_collect(d);
	return flags;
}

int64_t gocurl_poll_due(struct gocurl_driver *d)
{
	long ms = -1;

	gocurl_fn.multi_timeout(d->multi, &ms);
	return ms < 0 ? -1 : (int64_t)ms * 1000;
}

/* curl_multi_wait (7.28.0) with our own descriptor beside libcurl's: nothing depends on curl_multi_wakeup (7.68.0). */
int gocurl_poll_sockets(struct gocurl_driver *d, int64_t usec)
{
	struct curl_waitfd wake = { .fd = d->wake_read, .events = CURL_WAIT_POLLIN, .revents = 0 };
	int64_t ms = usec < 0 ? 1000 : (usec + 999) / 1000;
	int n = 0;

	errno = 0;
	gocurl_driver_heard(d, gocurl_fn.multi_wait(d->multi, &wake, 1, (int)(ms > 1000 ? 1000 : ms), &n));
	d->rung = wake.revents != 0;
	return n - d->rung;
}

int gocurl_poll_wait(struct gocurl_driver *d, int64_t usec)
{
	gocurl_poll_sockets(d, usec);
	return GOCURL_READY; /* libcurl's timers are only looked at by the next step */
}
