#include "multi.h"
#include "confine.h"
#include "engine.h"
#include "frame.h"
#include "ldap.h"
#include "lookup.h"
#include "sockets.h"
#include "thread_locale.h"
#include "wake.h"
#include "zcallbacks.h"

#include <errno.h>

struct gocurl_multi *gocurl_multi_new(int *code)
{
	struct gocurl_multi *m = calloc(1, sizeof *m);

	if (!m) {
		*code = CURLM_OUT_OF_MEMORY;
		return NULL;
	}
	m->notes_end = &m->notes;
	m->d = gocurl_driver_new(1, 0, code);
	if (!m->d) {
		free(m);
		return NULL;
	}
	m->d->users = 1;
	return m;
}

static void drop_notes(struct gocurl_multi *m)
{
	while (m->notes) {
		struct gocurl_note *n = m->notes;

		m->notes = n->next;
		free(n);
	}
	m->notes_end = &m->notes;
}

void gocurl_multi_free(struct gocurl_multi *m)
{
	gocurl_driver_free(m->d);
	drop_notes(m); /* the end of a multi handle can give notice, too */
	free(m);
}

extern int gocurlGoMultiClosesocket(uintptr_t key, uint64_t id, intptr_t fd);

/* The close-socket callback of a connection in this multi handle. It may come when the handle that opened it has gone,
 * or runs on another driver: so it knows the multi handle, and not the cell. */
static int tramp_closer(void *p, curl_socket_t fd)
{
	struct gocurl_closer *k = p;
	struct gocurl_frame f;
	int r;

	if (gocurl_ldap_closed(fd))
		return 0;
	gocurl_frame_push_driver(&f, k->m->d, 0);
	r = gocurlGoMultiClosesocket(k->m->key, k->id, (intptr_t)fd);
	gocurl_frame_pop(&f);
	gocurl_claim_end(&k->claims, fd); /* and nothing of k any more */
	return r;
}

struct gocurl_closer *gocurl_closer_new(struct gocurl_multi *m, uint64_t id)
{
	struct gocurl_closer *k = calloc(1, sizeof *k);

	if (!k)
		return NULL;
	k->m = m;
	k->id = id;
	return k;
}

void gocurl_closer_free(struct gocurl_closer *k)
{
	gocurl_claims_drop(&k->claims);
	free(k);
}

int gocurl_multi_add(struct gocurl_multi *m, struct gocurl_cell *c, struct gocurl_closer *closer)
{
	struct gocurl_share *in;
	CURLMcode rc;

	gocurl_cell_begin(c, m->d);
	c->looks = 0; /* who drives looks at all transfers */
	if (closer) {
		gocurl_fn.easy_setopt(c->easy, CURLOPT_CLOSESOCKETFUNCTION, tramp_closer);
		gocurl_fn.easy_setopt(c->easy, CURLOPT_CLOSESOCKETDATA, (void *)closer);
		gocurl_cell_claim(c, &closer->claims);
	}
	in = gocurl_confine_enter(c->confined);
	rc = gocurl_fn.multi_add_handle(m->d->multi, c->easy);
	gocurl_confine_leave(in);
	c->attached = rc == CURLM_OK;
	return rc;
}

int gocurl_multi_perform(struct gocurl_multi *m)
{
	struct gocurl_share *in = gocurl_confine_enter(m->d->confined);
	struct gocurl_locale l;
	CURLMcode rc;

	m->d->steps++;
	gocurl_locale_enter(&l);
	do
		rc = gocurl_fn.multi_perform(m->d->multi, &m->d->running);
	while (rc == CURLM_CALL_MULTI_PERFORM);
	gocurl_lookup_began();
	gocurl_locale_leave(&l);
	gocurl_confine_leave(in);
	return rc;
}

int gocurl_multi_action(struct gocurl_multi *m, intptr_t fd, int mask)
{
	struct gocurl_share *in = gocurl_confine_enter(m->d->confined);
	struct gocurl_locale l;
	CURLMcode rc;

	m->d->steps++;
	gocurl_locale_enter(&l);
	rc = gocurl_fn.multi_socket_action(m->d->multi, (curl_socket_t)fd, mask, &m->d->running);
	gocurl_lookup_began();
	gocurl_locale_leave(&l);
	gocurl_confine_leave(in);
	return rc;
}

int gocurl_multi_all(struct gocurl_multi *m)
{
	struct gocurl_share *in = gocurl_confine_enter(m->d->confined);
	struct gocurl_locale l;
	CURLMcode rc;

	m->d->steps++;
	gocurl_locale_enter(&l);
	rc = gocurl_fn.multi_socket_all(m->d->multi, &m->d->running);
	gocurl_lookup_began();
	gocurl_locale_leave(&l);
	gocurl_confine_leave(in);
	return rc;
}

/* fds has room for one more than n: our own descriptor, which ends the wait on every libcurl. curl_multi_poll is there
 * since 7.66.0; with a descriptor that is never closed curl_multi_wait does the same. */
int gocurl_multi_wait(struct gocurl_multi *m, struct curl_waitfd *fds, unsigned n, int ms, int poll, int *ready)
{
	CURLMcode rc;

	fds[n].fd = m->d->wake_read;
	fds[n].events = CURL_WAIT_POLLIN;
	fds[n].revents = 0;
	*ready = 0;
	errno = 0;
	if (poll && gocurl_fn.multi_poll)
		rc = gocurl_fn.multi_poll(m->d->multi, fds, n + 1, ms, ready);
	else
		rc = gocurl_fn.multi_wait(m->d->multi, fds, n + 1, ms, ready);
	if (rc == CURLM_UNRECOVERABLE_POLL && errno == EINTR)
		rc = CURLM_OK; /* 7.84.0: only a signal, see signals.h */
	if (fds[n].revents) {
		gocurl_wake_drain(m->d);
		*ready = *ready > 0 ? ~(*ready - 1) : ~0;
	}
	return rc;
}

int gocurl_multi_timeout(struct gocurl_multi *m, long *ms)
{
	return gocurl_fn.multi_timeout(m->d->multi, ms);
}

int gocurl_multi_waitfds(struct gocurl_multi *m, struct curl_waitfd *fds, unsigned room, unsigned *n)
{
	return gocurl_fn.multi_waitfds(m->d->multi, fds, room, n);
}

struct gocurl_cell *gocurl_multi_message(struct gocurl_multi *m)
{
	return gocurl_driver_finished(m->d);
}

void gocurl_record_MultiNotify(CURLM *multi, unsigned int what, CURL *easy, void *p)
{
	struct gocurl_multi *m = p;
	struct gocurl_note *n = malloc(sizeof *n);

	(void)multi;
	if (!n)
		return; /* notice is a convenience: messages are there all the same */
	n->next = NULL;
	n->easy = easy;
	n->what = what;
	*m->notes_end = n;
	m->notes_end = &n->next;
}

/* Makes the calls that libcurl made, now that it has returned and its messages are taken: so the user's function may do
 * what libcurl allows in it on every version. Those that come meanwhile wait for the next time. */
void gocurl_multi_notify(struct gocurl_multi *m)
{
	struct gocurl_note *n = m->notes;

	m->notes = NULL;
	m->notes_end = &m->notes;
	while (n) {
		struct gocurl_note *next = n->next, now = *n;

		free(n);
		gocurl_call_MultiNotify(m->d->multi, now.what, now.easy, m);
		n = next;
	}
}

int gocurl_multi_long(struct gocurl_multi *m, int32_t option, long n)
{
	return gocurl_fn.multi_setopt(m->d->multi, option, n);
}

int gocurl_multi_off(struct gocurl_multi *m, int32_t option, int64_t n)
{
	return gocurl_fn.multi_setopt(m->d->multi, option, (curl_off_t)n);
}

int gocurl_multi_list(struct gocurl_multi *m, int32_t option, char **list)
{
	return gocurl_fn.multi_setopt(m->d->multi, option, list);
}

/* What the user assigns stays in Go; libcurl keeps a mark, and checks the socket. */
int gocurl_multi_assign(struct gocurl_multi *m, intptr_t fd, int on)
{
	return gocurl_fn.multi_assign(m->d->multi, (curl_socket_t)fd, on ? m : NULL);
}

int gocurl_multi_count(struct gocurl_multi *m, int32_t info, int64_t *n)
{
	curl_off_t v = 0;
	CURLMcode rc = gocurl_fn.multi_get_offt(m->d->multi, info, &v);

	*n = v;
	return rc;
}

int gocurl_multi_notify_on(struct gocurl_multi *m, unsigned what, int on)
{
	return on ? gocurl_fn.multi_notify_enable(m->d->multi, what) : gocurl_fn.multi_notify_disable(m->d->multi, what);
}

/* Connections that are there already keep what they were given. */
void gocurl_cell_own_closer(struct gocurl_cell *c)
{
	if (gocurl_cell_has(c, GOCURL_FUNCTION_CLOSESOCKETFUNCTION)) {
		gocurl_set_function(c, CURLOPT_CLOSESOCKETFUNCTION, 1);
		gocurl_cell_claim(c, atomic_load(&c->holds) > 1 ? &c->claims : NULL);
	}
}
