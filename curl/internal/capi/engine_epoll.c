#include "engine.h"
#include "wake.h"

#include <errno.h>

#ifdef GOCURL_EPOLL

#include <fcntl.h>
#include <unistd.h>

/* libcurl tells which sockets it wants to hear of. A failure is kept and ends the step: answering -1 would abort
 * every transfer with a less useful error. */
static int on_socket(CURL *e, curl_socket_t fd, int what, void *driver, void *socketp)
{
	struct gocurl_driver *d = driver;
	struct epoll_event ev = { 0 };
	int op = socketp ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;

	(void)e;
	if (what == CURL_POLL_REMOVE) {
		/* Fails when libcurl has closed it already, which removed it as well. */
		epoll_ctl(d->epfd, EPOLL_CTL_DEL, fd, NULL);
		return 0;
	}
	ev.data.fd = fd;
	if (what & CURL_POLL_IN)
		ev.events |= EPOLLIN;
	if (what & CURL_POLL_OUT)
		ev.events |= EPOLLOUT;
	if (epoll_ctl(d->epfd, op, fd, &ev)) {
		/* The number was closed and used again, or the event came before the assignment. */
		op = errno == ENOENT ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
		if (epoll_ctl(d->epfd, op, fd, &ev)) {
			d->code = CURLM_INTERNAL_ERROR;
			return 0;
		}
	}
	if (!socketp) /* a mark that this socket is known: the next call is a change */
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
	struct epoll_event ev = { .events = EPOLLIN };

	d->epfd = epoll_create1(EPOLL_CLOEXEC);
	if (d->epfd < 0)
		return errno;
	/* Go's poller only takes descriptors that say they do not block. */
	fcntl(d->epfd, F_SETFL, fcntl(d->epfd, F_GETFL) | O_NONBLOCK);
	ev.data.fd = d->wake_read;
	if (epoll_ctl(d->epfd, EPOLL_CTL_ADD, d->wake_read, &ev))
		return errno;
	gocurl_fn.multi_setopt(d->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	gocurl_fn.multi_setopt(d->multi, CURLMOPT_SOCKETDATA, (void *)d);
	gocurl_fn.multi_setopt(d->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	gocurl_fn.multi_setopt(d->multi, CURLMOPT_TIMERDATA, (void *)d);
	return 0;
}

void gocurl_engine_close(struct gocurl_driver *d)
{
	if (d->epfd >= 0)
		close(d->epfd);
}

static int dispatch(struct gocurl_driver *d)
{
	int flags = 0, n = d->nready;

	d->nready = 0;
	for (int i = 0; i < n; i++) {
		uint32_t got = d->ready[i].events;
		int fd = d->ready[i].data.fd, mask = 0;

		if (fd == d->wake_read) {
			gocurl_wake_drain(d);
			flags |= GOCURL_WOKEN;
			continue;
		}
		if (got & EPOLLIN)
			mask |= CURL_CSELECT_IN;
		if (got & EPOLLOUT)
			mask |= CURL_CSELECT_OUT;
		if (got & (EPOLLERR | EPOLLHUP))
			mask |= CURL_CSELECT_ERR;
		flags |= gocurl_driver_note(d, gocurl_fn.multi_socket_action(d->multi, fd, mask, &d->running));
	}
	return flags;
}

static int timer_due(struct gocurl_driver *d, int64_t now)
{
	return d->deadline >= 0 && d->deadline <= now;
}

/* libcurl sets no timer for everything that is a matter of time: how long an FTP or mail server may take to answer,
 * progress callbacks of a transfer that stands still. curl_easy_perform looks at its transfer every second, whatever
 * happens, and options count on that. So every second all transfers are looked at here, too. */
static int64_t look_due(struct gocurl_driver *d)
{
	return d->running ? d->looked + 1000000 : INT64_MAX;
}

static int due(struct gocurl_driver *d, int64_t now)
{
	return timer_due(d, now) || look_due(d) <= now;
}

int gocurl_engine_step(struct gocurl_driver *d, int64_t budget)
{
	int64_t now = gocurl_now(), end = now + budget;
	int flags = 0;

	d->code = 0;
	for (;;) {
		flags |= dispatch(d);
		if (timer_due(d, now)) {
			d->deadline = -1;
			flags |= gocurl_driver_note(d, gocurl_fn.multi_socket_action(d->multi, CURL_SOCKET_TIMEOUT, 0, &d->running));
		}
		if (look_due(d) <= now) {
			d->looked = now;
			flags |= gocurl_driver_note(d, gocurl_fn.multi_socket_all(d->multi, &d->running));
		}
		flags |= gocurl_driver_collect(d);
		if (d->code)
			flags |= GOCURL_FAILED;
		if (flags)
			return flags;
		d->nready = epoll_wait(d->epfd, d->ready, 32, 0);
		if (d->nready < 0)
			d->nready = 0;
		now = gocurl_now();
		if (!d->nready && !due(d, now))
			return 0;
		if (now >= end)
			return GOCURL_READY;
	}
}

int64_t gocurl_driver_due(struct gocurl_driver *d)
{
	int64_t at, left;

	if (d->polling)
		return gocurl_poll_due(d);
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
	int64_t left = gocurl_driver_due(d);

	if (left >= 0 && (usec < 0 || left < usec))
		usec = left;
	d->nready = epoll_wait(d->epfd, d->ready, 32, usec < 0 ? -1 : (int)((usec + 999) / 1000));
	if (d->nready < 0) /* a signal */
		d->nready = 0;
	return d->nready || due(d, gocurl_now()) ? GOCURL_READY : 0;
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

int64_t gocurl_driver_due(struct gocurl_driver *d)
{
	return gocurl_poll_due(d);
}

#endif
