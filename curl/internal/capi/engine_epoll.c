#include "engine.h"
#include "cell.h"
#include "left.h"
#include "wake.h"
#include "watch.h"

#include <errno.h>

#ifdef GOCURL_EPOLL

#include "clock.h"

/* libcurl tells which sockets it wants to hear of. A failure is kept and ends the step: answering -1 would abort
 * every transfer with a less useful error. */
static int on_socket(CURL *e, curl_socket_t fd, int what, void *driver, void *socketp)
{
	struct gocurl_driver *d = driver;

	(void)e;
	if (gocurl_watch(d, fd, what, socketp != NULL))
		d->code = CURLM_INTERNAL_ERROR;
	else if (!socketp && what != CURL_POLL_REMOVE) /* a mark that this socket is known: the next call is a change */
		gocurl_fn.multi_assign(d->multi, fd, d);
	return 0;
}

static int on_timer(CURLM *m, long ms, void *driver)
{
	struct gocurl_driver *d = driver;

	(void)m;
	d->deadline = ms < 0 ? -1 : gocurl_now() + (int64_t)ms * 1000;
	return 0;
}

int gocurl_engine_open(struct gocurl_driver *d)
{
	d->again = -1;
	gocurl_watch_open(d);
	gocurl_fn.multi_setopt(d->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	gocurl_fn.multi_setopt(d->multi, CURLMOPT_SOCKETDATA, (void *)d);
	gocurl_fn.multi_setopt(d->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	gocurl_fn.multi_setopt(d->multi, CURLMOPT_TIMERDATA, (void *)d);
	return 0;
}

void gocurl_engine_close(struct gocurl_driver *d)
{
	gocurl_watch_close(d);
}

/* So many turns of libcurl may follow each other without a look at the sockets. There is always something to do where a
 * reader is slower than its peer, or libcurl asks for a timer that is due at once, over and over, as 8.14.1 does beside
 * a paused transfer: the sockets of all other transfers must not wait until that is over. */
#define GOCURL_BLIND_MAX 16

int gocurl_driver_again(struct gocurl_driver *d)
{
	if (d->again < 0 || d->blind >= GOCURL_BLIND_MAX)
		return 0;
	d->ready[0].fd = d->again;
	d->ready[0].mask = CURL_CSELECT_IN;
	d->nready = 1;
	d->again = -1;
	return 1;
}

static int dispatch(struct gocurl_driver *d)
{
	int flags = 0, n = d->nready;

	d->nready = 0;
	d->again = -1;
	gocurl_dense_begin(d, n);
	for (int i = 0; i < n; i++) {
		struct gocurl_ready r = d->ready[i];

		if (r.fd == d->wake_read) {
			gocurl_wake_drain(d);
			flags |= GOCURL_WOKEN;
			continue;
		}
		gocurl_left_forget(d, r.fd);
		d->helped = 0;
		size_t before = d->reader ? d->reader->stream.len : 0;

		flags |= gocurl_driver_note(d, gocurl_fn.multi_socket_action(d->multi, r.fd, r.mask, &d->running));
		if (n == 1 && d->reader && d->reader->stream.len > before)
			d->again = r.fd;
	}
	return flags;
}

static int timer_due(struct gocurl_driver *d, int64_t now)
{
	return d->deadline >= 0 && d->deadline <= now;
}

/* The one transfer waits for no socket. FTP of 7.88.1 does that when the answer to EPSV is there as soon as libcurl looks for
 * it: it puts the data connection off to the next turn, for which nothing is going to be the reason. A paused transfer waits
 * for none either, nor did looking for a name always: it is given a turn once, until something happens. */
static int stranded(struct gocurl_driver *d)
{
	return d->running && !d->shared && !d->helped && d->nfew == 1 && !d->sockets;
}

/* libcurl sets no timer for everything that is a matter of time: how long an FTP or mail server may take to answer,
 * progress callbacks of a transfer that stands still. curl_easy_perform looks at its transfer every second, whatever
 * happens, and options count on that. So every second all transfers are looked at here, too. On a driver for many handles,
 * where HTTP alone runs, only the progress callbacks count on the second: thousands of idle transfers are looked at the less
 * often the more they are, which costs next to nothing. There it also helps a stream of HTTP/2 for which libcurl forgets to
 * ask in a way that left.h knows nothing of: when another leaves the connection for a redirect to another host. */
#define GOCURL_LOOK_CHEAP 256

static atomic_int never_look;

void gocurl_look_never(void)
{
	never_look = 1;
}

static int64_t look_due(struct gocurl_driver *d)
{
	int64_t every = 1000000;

	if (stranded(d))
		return 0;
	if (!d->running || never_look)
		return INT64_MAX;
	if (!d->lookers && d->running > GOCURL_LOOK_CHEAP)
		every *= d->running / GOCURL_LOOK_CHEAP;
	return d->looked + every;
}

static int due(struct gocurl_driver *d, int64_t now)
{
	return timer_due(d, now) || look_due(d) <= now || d->nleft;
}

int gocurl_engine_step(struct gocurl_driver *d, int64_t budget)
{
	int64_t now = gocurl_now(), end = now + budget;
	int flags = 0;

	d->code = 0;
	if (d->dense)
		return gocurl_dense_step(d);
	gocurl_watch_scatter(d);
	if (d->blind >= GOCURL_BLIND_MAX && !d->nready)
		gocurl_watch_wait(d, 0);
	for (;;) {
		int busy = d->nready, left;

		d->blind++;
		flags |= dispatch(d);
		if (timer_due(d, now)) {
			d->deadline = -1;
			d->helped = 0;
			flags |= gocurl_driver_note(d, gocurl_fn.multi_socket_action(d->multi, CURL_SOCKET_TIMEOUT, 0, &d->running));
		}
		if (look_due(d) <= now) {
			d->looked = now;
			d->helped = 1;
			flags |= gocurl_driver_note(d, gocurl_fn.multi_socket_all(d->multi, &d->running));
		}
		flags |= gocurl_driver_collect(d);
		if (d->code)
			flags |= GOCURL_FAILED;
		if (flags)
			return flags;
		/* There may be more; after a mere timer the answer is still on its way. */
		if ((busy || d->nleft || d->blind >= GOCURL_BLIND_MAX) && !gocurl_driver_again(d))
			gocurl_watch_wait(d, 0);
		if ((left = d->nleft))
			flags |= gocurl_left_read(d);
		now = gocurl_now();
		if (!left && !d->nready && !due(d, now)) /* what was left may have ended a transfer, which is to be collected */
			return 0;
		if (now >= end || d->dense)
			return GOCURL_READY;
	}
}

int64_t gocurl_driver_due(struct gocurl_driver *d)
{
	int64_t at, left;

	if (d->polling)
		return gocurl_poll_due(d);
	if (d->nleft)
		return 0;
	at = look_due(d);
	if (d->deadline >= 0 && d->deadline < at)
		at = d->deadline;
	if (at == INT64_MAX)
		return -1;
	left = at - gocurl_now();
	return left > 0 ? left : 0;
}

int gocurl_engine_wait(struct gocurl_driver *d, int64_t usec)
{
	int64_t left;

	if (d->dense)
		return gocurl_dense_wait(d, usec);
	left = gocurl_driver_due(d);
	if (left >= 0 && (usec < 0 || left < usec))
		usec = left;
	gocurl_watch_wait(d, usec < 0 ? -1 : (int)((usec + 999) / 1000));
	return d->nready || d->vain || due(d, gocurl_now()) ? GOCURL_READY : 0;
}

int gocurl_engine_run(struct gocurl_driver *d, int64_t budget, int64_t usec)
{
	int64_t end = gocurl_now() + usec;

	do {
		int flags = gocurl_driver_step(d, budget);

		if (flags)
			return flags;
		if (!gocurl_engine_wait(d, usec))
			return GOCURL_IDLE;
	} while (gocurl_now() < end);
	return GOCURL_READY;
}

#else /* no epoll: gocurl_driver_new is always asked to poll */

int gocurl_engine_open(struct gocurl_driver *d)
{
	(void)d;
	return ENOSYS;
}

void gocurl_engine_close(struct gocurl_driver *d)
{
	(void)d;
}

int gocurl_engine_step(struct gocurl_driver *d, int64_t budget)
{
	(void)budget;
	return gocurl_poll_step(d);
}

int gocurl_engine_wait(struct gocurl_driver *d, int64_t usec)
{
	return gocurl_poll_wait(d, usec);
}

int gocurl_engine_run(struct gocurl_driver *d, int64_t budget, int64_t usec)
{
	(void)usec;
	return gocurl_driver_step(d, budget);
}

int64_t gocurl_driver_due(struct gocurl_driver *d)
{
	return gocurl_poll_due(d);
}

void gocurl_look_never(void)
{
}

void gocurl_dense_always(void)
{
}

#endif
