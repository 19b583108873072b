#include "tape.h"
#include "cell.h"
#include "zcallbacks.h"

extern size_t gocurlGoWrite(uintptr_t key, void *p, size_t size, size_t n);
extern size_t gocurlGoHeader(uintptr_t key, void *p, size_t size, size_t n);
extern size_t gocurlGoRead(uintptr_t key, void *p, size_t size, size_t n);
extern size_t gocurlGoMIMERead(uintptr_t key, int number, uint64_t turn, void *p, size_t n);
extern int gocurlGoDebug(uintptr_t key, int kind, void *p, size_t n);
extern int gocurlGoXferinfo(uintptr_t key, int64_t dltotal, int64_t dlnow, int64_t ultotal, int64_t ulnow);
extern int gocurlGoProgress(uintptr_t key, double dltotal, double dlnow, double ultotal, double ulnow);

/* What a played function answers, as an enum gocurl_played. */
static int answered(size_t r, size_t want)
{
	if (r == CURL_WRITEFUNC_PAUSE)
		return GOCURL_PLAY_PAUSED;
	return r == want ? GOCURL_PLAYED : GOCURL_PLAY_UNWRITTEN;
}

static int play_progress(struct gocurl_cell *c)
{
	int64_t *p = c->news_of;
	int r;

	c->news_progressed = 0;
	if (gocurl_cell_has(c, GOCURL_FUNCTION_XFERINFOFUNCTION))
		r = gocurlGoXferinfo(c->key, p[0], p[1], p[2], p[3]);
	else
		r = gocurlGoProgress(c->key, (double)p[0], (double)p[1], (double)p[2], (double)p[3]);
	return r ? GOCURL_PLAY_REFUSED : GOCURL_PLAYED;
}

static int play_one(struct gocurl_cell *c, const struct gocurl_record *r, char *p)
{
	switch (r->function) {
	case GOCURL_FUNCTION_WRITEFUNCTION:
		if (c->stream.on) {
			c->stream.body = p;
			c->stream.body_len = r->len;
			return GOCURL_PLAY_BODY;
		}
		return answered(gocurlGoWrite(c->key, p, 1, r->len), r->len);
	case GOCURL_FUNCTION_HEADERFUNCTION:
		return answered(gocurlGoHeader(c->key, p, 1, r->len), r->len);
	case GOCURL_FUNCTION_DEBUGFUNCTION:
		gocurlGoDebug(c->key, r->kind, p, r->len);
		return GOCURL_PLAYED;
	}
	return GOCURL_PLAY_REFUSED;
}

int gocurl_tape_play(struct gocurl_cell *c)
{
	struct gocurl_tape *t = &c->out;
	struct gocurl_record r;
	struct gocurl_frame f;
	int how = GOCURL_PLAYED;

	gocurl_frame_push_played(&f, c);
	while (how == GOCURL_PLAYED && t->pos < t->len) {
		memcpy(&r, t->buf + t->pos, sizeof r);
		how = play_one(c, &r, t->buf + t->pos + sizeof r);
		if (how == GOCURL_PLAYED)
			t->pos += sizeof r + r.len;
	}
	if (how == GOCURL_PLAYED && c->news_progressed)
		how = play_progress(c);
	gocurl_frame_pop_played(&f);
	return how;
}

int gocurl_tape_report(struct gocurl_cell *c)
{
	struct gocurl_frame f;
	int how;

	gocurl_frame_push_played(&f, c);
	how = play_progress(c);
	gocurl_frame_pop_played(&f);
	return how;
}

int gocurl_feed_fill(struct gocurl_cell *c)
{
	struct gocurl_feed *s = &c->stage;
	struct gocurl_frame f;
	size_t n, size = c->upload_buffer == GOCURL_BUFFER_OURS ? GOCURL_FEED_LARGE : GOCURL_FEED_SIZE;

	if (!s->buf && !(s->buf = malloc(size)))
		return GOCURL_PLAY_REFUSED;
	s->len = s->pos = 0;
	gocurl_frame_push_played(&f, c);
	if (c->staging.number)
		n = gocurlGoMIMERead(c->key, c->staging.number - 1, c->staging.turn, s->buf, size);
	else
		n = gocurlGoRead(c->key, s->buf, 1, size);
	gocurl_frame_pop_played(&f);
	if (n == CURL_READFUNC_PAUSE)
		return GOCURL_PLAY_PAUSED;
	if (n > size)
		return GOCURL_PLAY_REFUSED;
	s->len = n;
	return GOCURL_PLAYED;
}
