#include "share.h"
#include "cell.h"
#include "confine.h"
#include "late.h"

static _Thread_local int held;

int gocurl_share_held(void)
{
	return held;
}

static gocurl_mutex *lock_of(struct gocurl_share *s, curl_lock_data kind)
{
	return &s->lock[(unsigned)kind % GOCURL_LOCKS];
}

void gocurl_share_lock(CURL *e, curl_lock_data kind, curl_lock_access access, void *share)
{
	/* Readers exclude each other, too: only the public suffix list is ever locked for reading, and for a moment. */
	(void)e, (void)access;
	gocurl_mutex_lock(lock_of(share, kind));
	held++;
}

void gocurl_share_unlock(CURL *e, curl_lock_data kind, void *share)
{
	(void)e;
	gocurl_mutex_unlock(lock_of(share, kind));
	held--;
	gocurl_late_play();
}

struct gocurl_share *gocurl_share_new(int confined)
{
	struct gocurl_share *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->share = gocurl_fn.share_init();
	if (!s->share) {
		free(s);
		return NULL;
	}
	for (int i = 0; i < GOCURL_LOCKS; i++)
		gocurl_mutex_open(&s->lock[i]);
	s->confined = confined;
	gocurl_mutex_open(&s->confine);
	/* Before any kind: nothing is ever shared without them. */
	gocurl_fn.share_setopt(s->share, CURLSHOPT_USERDATA, (void *)s);
	gocurl_fn.share_setopt(s->share, CURLSHOPT_LOCKFUNC, gocurl_share_lock);
	gocurl_fn.share_setopt(s->share, CURLSHOPT_UNLOCKFUNC, gocurl_share_unlock);
	return s;
}

int gocurl_share_add(struct gocurl_share *s, int kind)
{
	int rc = gocurl_fn.share_setopt(s->share, CURLSHOPT_SHARE, kind);

	if (!rc && kind == CURL_LOCK_DATA_HSTS)
		s->hsts = 1;
	return rc;
}

int gocurl_share_free(struct gocurl_share *s)
{
	const void *before = gocurl_work_begin(s); /* its connections are nobody's transfer */
	struct gocurl_share *in = gocurl_confine_enter(NULL);
	int rc = gocurl_fn.share_cleanup(s->share);

	gocurl_confine_leave(in);
	gocurl_work_end(before);
	if (rc)
		return rc;
	for (int i = 0; i < GOCURL_LOCKS; i++)
		gocurl_mutex_close(&s->lock[i]);
	gocurl_mutex_close(&s->confine);
	free(s);
	return 0;
}

int gocurl_cell_share(struct gocurl_cell *c, struct gocurl_share *s)
{
	struct gocurl_share *in = gocurl_confine_enter(s && s->confined ? s : c->confined);
	CURLcode rc;

	c->error[0] = 0;
	rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_SHARE, s ? s->share : NULL);
	if (!rc) {
		c->confined = s && s->confined ? s : NULL;
		c->hsts_kept = 0;
	}
	gocurl_confine_leave(in);
	return rc;
}
