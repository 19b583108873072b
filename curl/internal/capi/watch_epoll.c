#include "watch.h"
#include "engine.h"
#include "watch_kept.h"

#ifdef GOCURL_EPOLL

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void gocurl_watch_open(struct gocurl_driver *d)
{
	d->few[0].fd = d->wake_read;
	d->few[0].events = POLLIN;
	d->nfew = 1;
}

void gocurl_watch_close(struct gocurl_driver *d)
{
	if (d->epfd >= 0)
		close(d->epfd);
	if (d->parkfd >= 0)
		close(d->parkfd);
	free(d->kept);
}

/* A set has with in it, or is -1. */
static int open_set(int *set, int with)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.fd = with };
	int fd = epoll_create1(EPOLL_CLOEXEC), err;

	if (fd < 0)
		return errno;
	/* Go's poller only takes descriptors that say they do not block. */
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	err = epoll_ctl(fd, EPOLL_CTL_ADD, with, &ev) ? errno : 0;
	if (err)
		close(fd);
	else
		*set = fd;
	return err;
}

static int into_set(struct gocurl_driver *d, int fd, int events, int op)
{
	struct epoll_event ev = { .data.fd = fd };

	if (events & POLLIN)
		ev.events |= EPOLLIN;
	if (events & POLLOUT)
		ev.events |= EPOLLOUT;
	if (!epoll_ctl(d->epfd, op, fd, &ev))
		return 0;
	/* The number was closed and used again, or the event came before the mark that makes it known. */
	op = errno == ENOENT ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
	return epoll_ctl(d->epfd, op, fd, &ev) ? errno : 0;
}

int gocurl_watch_gather(struct gocurl_driver *d)
{
	int err;

	if (d->gathered)
		return 0;
	if (d->epfd < 0 && (err = open_set(&d->epfd, d->wake_read)))
		return err;
	for (int i = 1; i < d->nfew; i++)
		if ((err = into_set(d, d->few[i].fd, d->few[i].events, EPOLL_CTL_ADD)))
			return err;
	d->gathered = 1;
	return 0;
}

/* Back to polling: data for a socket in the set would wake Go's poller, whoever waits for it. */
void gocurl_watch_scatter(struct gocurl_driver *d)
{
	if (!d->gathered || d->sockets > 0)
		return;
	d->gathered = 0;
	for (int i = 1; i < d->nfew; i++)
		epoll_ctl(d->epfd, EPOLL_CTL_DEL, d->few[i].fd, NULL);
}

/* Go's poller never lets go of a descriptor, so what happens in a set that it knows wakes one of Go's threads, also while the
 * leader waits for it in here. The many sockets of a shared driver stay in their set: Go's poller knows another one. */
int gocurl_watch_park(struct gocurl_driver *d)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.fd = d->epfd };
	int err = gocurl_watch_gather(d);

	if (err || !d->shared)
		return err;
	if (d->parkfd < 0)
		return open_set(&d->parkfd, d->epfd);
	return epoll_ctl(d->parkfd, EPOLL_CTL_MOD, d->epfd, &ev) ? errno : 0;
}

void gocurl_watch_unpark(struct gocurl_driver *d)
{
	struct epoll_event ev = { .data.fd = d->epfd };

	if (d->parkfd >= 0)
		epoll_ctl(d->parkfd, EPOLL_CTL_MOD, d->epfd, &ev);
}

/* There are more than fit into few: the set has them all, until none is left. */
static int crowd(struct gocurl_driver *d)
{
	int err = gocurl_watch_gather(d);

	if (!err) {
		d->sockets = d->nfew - 1;
		d->nfew = 1;
	}
	return err;
}

static int put(struct gocurl_driver *d, int fd, int events)
{
	uint64_t socket = gocurl_kept_which(fd);
	struct gocurl_kept *k = gocurl_kept_find(d, fd);
	int in = socket && k && k->socket == socket, err;

	d->sockets++;
	if (in && k->events == events) {
		k->idle = 0;
		return 0;
	}
	err = into_set(d, fd, events, in ? EPOLL_CTL_MOD : EPOLL_CTL_ADD);
	gocurl_kept_note(d, fd, err ? 0 : socket, events);
	d->sockets -= err != 0;
	return err;
}

static void take_out(struct gocurl_driver *d, int fd)
{
	struct gocurl_kept *k = gocurl_kept_find(d, fd);

	if (k)
		k->idle = 1;
	else /* fails when libcurl has closed it already, which removed it as well */
		epoll_ctl(d->epfd, EPOLL_CTL_DEL, fd, NULL);
	if (--d->sockets > 0)
		return;
	gocurl_kept_drop(d);
	d->gathered = 0;
}

static int watch_set(struct gocurl_driver *d, int fd, int what, int events, int known)
{
	struct gocurl_kept *k;

	if (what == CURL_POLL_REMOVE) {
		take_out(d, fd);
		return 0;
	}
	if (!known)
		return put(d, fd, events);
	if ((k = gocurl_kept_find(d, fd)))
		k->events = (uint8_t)events;
	return into_set(d, fd, events, EPOLL_CTL_MOD);
}

static void drop(struct gocurl_driver *d, int i)
{
	d->few[i] = d->few[--d->nfew];
}

int gocurl_watch(struct gocurl_driver *d, int fd, int what, int known)
{
	int events = (what & CURL_POLL_IN ? POLLIN : 0) | (what & CURL_POLL_OUT ? POLLOUT : 0);
	int i = 1, err;

	if (d->sockets > 0)
		return watch_set(d, fd, what, events, known);
	while (i < d->nfew && d->few[i].fd != fd)
		i++;
	if (what == CURL_POLL_REMOVE) {
		if (i < d->nfew)
			drop(d, i);
		return 0;
	}
	if (i == GOCURL_FEW) {
		err = crowd(d);
		return err ? err : watch_set(d, fd, what, events, known);
	}
	if (i == d->nfew)
		d->nfew++;
	d->few[i].fd = fd;
	d->few[i].events = (short)events;
	return 0;
}

static void ready(struct gocurl_driver *d, int fd, int in, int out, int err)
{
	struct gocurl_ready *r = &d->ready[d->nready++];

	r->fd = fd;
	r->mask = (in ? CURL_CSELECT_IN : 0) | (out ? CURL_CSELECT_OUT : 0) | (err ? CURL_CSELECT_ERR : 0);
}

static void heard(struct gocurl_driver *d, int n)
{
	gocurl_driver_heard(d, n < 0 && errno != EINTR ? CURLM_UNRECOVERABLE_POLL : CURLM_OK);
}

static void wait_set(struct gocurl_driver *d, int ms)
{
	struct epoll_event ev[GOCURL_READY_MAX];
	int n = epoll_wait(d->epfd, ev, GOCURL_READY_MAX, ms);

	heard(d, n);
	for (int i = 0; i < n; i++) {
		int fd = ev[i].data.fd, got = (int)ev[i].events;
		struct gocurl_kept *k = gocurl_kept_find(d, fd);

		if (!k || !k->idle) {
			ready(d, fd, got & EPOLLIN, got & EPOLLOUT, got & (EPOLLERR | EPOLLHUP));
		} else { /* the server has closed an idle connection: libcurl looks before it uses that again */
			epoll_ctl(d->epfd, EPOLL_CTL_DEL, fd, NULL);
			gocurl_kept_note(d, fd, 0, 0);
		}
	}
}

void gocurl_watch_wait(struct gocurl_driver *d, int ms)
{
	int n;

	d->nready = 0;
	d->blind = 0;
	if (d->gathered) {
		wait_set(d, ms);
		return;
	}
	n = poll(d->few, (nfds_t)d->nfew, ms);
	heard(d, n);
	if (n <= 0)
		return;
	for (int i = d->nfew - 1; i >= 0; i--) {
		int got = d->few[i].revents;

		if (!got)
			continue;
		ready(d, d->few[i].fd, got & POLLIN, got & POLLOUT, got & (POLLERR | POLLHUP | POLLNVAL));
		if (got & POLLNVAL && i > 0) /* closed without a word: an epoll set forgets it by itself */
			drop(d, i);
	}
}

#endif
