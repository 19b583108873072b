#include "loop.h"

#include <sys/epoll.h>

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static int on_socket(CURL *e, curl_socket_t s, int what, void *loop, void *known)
{
	struct loop *l = loop;
	struct epoll_event ev = { .data.fd = s };

	(void)e;
	if (what == CURL_POLL_REMOVE) {
		epoll_ctl(l->ep, EPOLL_CTL_DEL, s, NULL);
		return 0;
	}
	ev.events = (what & CURL_POLL_IN ? EPOLLIN : 0) | (what & CURL_POLL_OUT ? EPOLLOUT : 0);
	OK(epoll_ctl(l->ep, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, s, &ev));
	if (!known)
		OK(lib.multi_assign(l->multi, s, l));
	return 0;
}

static int on_timer(CURLM *m, long ms, void *loop)
{
	(void)m;
	((struct loop *)loop)->due = ms < 0 ? -1 : now() + ms;
	return 0;
}

void loop_start(struct loop *l, enum form form, long connections)
{
	l->multi = lib.multi_init();
	OK(lib.multi_setopt(l->multi, CURLMOPT_MAXCONNECTS, connections));
	l->ep = l->due = -1;
	if (form == PERFORM)
		return;
	l->ep = epoll_create1(EPOLL_CLOEXEC);
	OK(lib.multi_setopt(l->multi, CURLMOPT_SOCKETFUNCTION, on_socket));
	OK(lib.multi_setopt(l->multi, CURLMOPT_SOCKETDATA, l));
	OK(lib.multi_setopt(l->multi, CURLMOPT_TIMERFUNCTION, on_timer));
	OK(lib.multi_setopt(l->multi, CURLMOPT_TIMERDATA, l));
}

static void turn_epoll(struct loop *l)
{
	struct epoll_event ready[128];
	int wait = 1000, running, n;

	if (l->due >= 0) {
		wait = (int)(l->due - now());
		if (wait < 0)
			wait = 0;
	}
	n = epoll_wait(l->ep, ready, 128, wait);
	for (int i = 0; i < n; i++) {
		uint32_t e = ready[i].events;
		int mask = (e & EPOLLIN ? CURL_CSELECT_IN : 0) | (e & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
			   (e & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);

		OK(lib.multi_socket_action(l->multi, ready[i].data.fd, mask, &running));
	}
	if (l->due >= 0 && l->due <= now()) {
		l->due = -1;
		OK(lib.multi_socket_action(l->multi, CURL_SOCKET_TIMEOUT, 0, &running));
	}
}

void loop_turn(struct loop *l)
{
	int running;

	if (l->ep >= 0) {
		turn_epoll(l);
		return;
	}
	OK(lib.multi_poll(l->multi, NULL, 0, 1000, NULL));
	OK(lib.multi_perform(l->multi, &running));
}

CURL *loop_done(struct loop *l)
{
	int queued;
	CURLMsg *m = lib.multi_info_read(l->multi, &queued);
	CURL *e;

	if (!m)
		return NULL;
	e = m->easy_handle;
	OK(m->data.result);
	OK(lib.multi_remove_handle(l->multi, e));
	return e;
}
