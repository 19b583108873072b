#include "tape.h"
#include "cell.h"
#include "driver.h"
#include "fold.h"
#include "left.h"
#include "zcallbacks.h"

#include <stdio.h>

/* Has the leader tell the goroutine that waits for the cell. */
static void news(struct gocurl_cell *c)
{
	struct gocurl_driver *d = c->driver;

	if (c->noted || !d)
		return;
	c->noted = 1;
	c->next_news = d->news;
	d->news = c;
}

static char *room(struct gocurl_tape *t, size_t n)
{
	size_t cap = t->cap ? t->cap : 256;
	char *buf;

	if (t->len + n > t->cap) {
		while (cap < t->len + n)
			cap *= 2;
		buf = realloc(t->buf, cap);
		if (!buf)
			return NULL;
		t->buf = buf;
		t->cap = cap;
	}
	return t->buf + t->len;
}

/* 0, or -1 without memory. Body data that follows body data goes into the same record: fewer, larger calls. */
static int record(struct gocurl_cell *c, int function, int kind, const char *p, size_t n)
{
	struct gocurl_tape *t = &c->rec;
	struct gocurl_record r = { (uint32_t)n, (uint8_t)function, (uint8_t)kind }, last;
	char *at;

	news(c);
	if (function == GOCURL_FUNCTION_WRITEFUNCTION && t->len) {
		memcpy(&last, t->buf + t->last, sizeof last);
		if (last.function == function && last.len < UINT32_MAX / 2) {
			if (!(at = room(t, n)))
				return -1;
			last.len += r.len;
			memcpy(t->buf + t->last, &last, sizeof last);
			memcpy(at, p, n);
			t->len += n;
			return 0;
		}
	}
	if (!(at = room(t, sizeof r + n)))
		return -1;
	t->last = t->len;
	memcpy(at, &r, sizeof r);
	memcpy(at + sizeof r, p, n);
	t->len += sizeof r + n;
	return 0;
}

size_t gocurl_tape_Write(char *p, size_t size, size_t n, void *cell)
{
	struct gocurl_cell *c = cell;
	size_t passed = 0;

	n *= size;
	if (c->stream.on && (passed = gocurl_stream_pass(c, p, n)) == n)
		return n;
	if (c->rec.len && c->rec.len + n > GOCURL_TAPE_FULL && !(c->stream.on && gocurl_stream_unpausable(c))) {
		c->full = c->has_paused = 1;
		gocurl_left(c, 1);
		return gocurl_fold_written(c, CURL_WRITEFUNC_PAUSE);
	}
	return record(c, GOCURL_FUNCTION_WRITEFUNCTION, 0, p + passed, n - passed) ? 0 : n;
}

/* Never pauses: not every libcurl lets a header do that, and a response's header has a limit of its own (300 KB). */
size_t gocurl_tape_Header(char *p, size_t size, size_t n, void *cell)
{
	struct gocurl_cell *c = cell;

	n *= size;
	if (c->stream.on) {
		if (gocurl_stream_watch(c, p, n))
			news(c);
		if (c->stream.live || !c->stream.headers)
			return gocurl_stream_header(c, p, n);
	}
	return record(c, GOCURL_FUNCTION_HEADERFUNCTION, 0, p, n) ? 0 : n;
}

/* A pause from in here might come where libcurl does not expect one. */
int gocurl_tape_Debug(CURL *e, curl_infotype kind, char *p, size_t n, void *cell)
{
	struct gocurl_cell *c = cell;

	(void)e;
	if (c->rec.len > GOCURL_TAPE_FULL)
		c->brims |= kind == CURLINFO_DATA_OUT || kind == CURLINFO_SSL_DATA_OUT ? CURLPAUSE_SEND : CURLPAUSE_RECV;
	if (c->rec.len > GOCURL_TAPE_MOST || record(c, GOCURL_FUNCTION_DEBUGFUNCTION, (int)kind, p, n))
		c->missed++;
	return 0;
}

void gocurl_tape_missed(struct gocurl_cell *c)
{
	char line[120];
	int n = snprintf(line, sizeof line, "%u log lines are left out here: more came than are kept while nobody takes them\n",
		(unsigned)c->missed);

	c->missed = 0;
	record(c, GOCURL_FUNCTION_DEBUGFUNCTION, CURLINFO_TEXT, line, (size_t)n);
}

int gocurl_tape_Xferinfo(void *cell, curl_off_t dltotal, curl_off_t dlnow, curl_off_t ultotal, curl_off_t ulnow)
{
	struct gocurl_cell *c = cell;

	c->progress[0] = dltotal;
	c->progress[1] = dlnow;
	c->progress[2] = ultotal;
	c->progress[3] = ulnow;
	c->progressed = 1;
	news(c);
	return 0;
}

int gocurl_tape_Progress(void *cell, double dltotal, double dlnow, double ultotal, double ulnow)
{
	return gocurl_tape_Xferinfo(cell, (curl_off_t)dltotal, (curl_off_t)dlnow, (curl_off_t)ultotal, (curl_off_t)ulnow);
}

size_t gocurl_tape_Read(char *p, size_t size, size_t n, void *cell)
{
	struct gocurl_cell *c = cell;
	struct gocurl_feed *f = &c->feed;
	size_t left = f->len - f->pos;

	n *= size;
	if (left) {
		if (n > left)
			n = left;
		memcpy(p, f->buf + f->pos, n);
		f->pos += n;
		if (n == left && !c->fed) {
			c->wants = 1;
			news(c);
		}
		return n;
	}
	if (c->fed)
		return 0;
	c->wants = c->starved = 1;
	news(c);
	return CURL_READFUNC_PAUSE;
}

static void drop_feed(struct gocurl_cell *c)
{
	c->feed.len = c->feed.pos = 0;
	c->fed = c->wants = c->starved = 0;
}

/* libcurl reads one part to its end, then the next. What it was given of one says nothing about another. */
size_t gocurl_tape_read_source(struct gocurl_source *s, char *p, size_t n)
{
	struct gocurl_cell *c = s->cell;
	struct gocurl_origin of = { s->number + 1, s->turn };

	if (c->feeding.number != of.number || c->feeding.turn != of.turn) {
		drop_feed(c);
		c->feeding = of;
	}
	return gocurl_tape_Read(p, 1, n, c);
}

void gocurl_tape_rewound(struct gocurl_source *s)
{
	if (s->cell->taping && s->cell->feeding.number == s->number + 1)
		drop_feed(s->cell);
}

int gocurl_tape_pause_mask(struct gocurl_cell *c)
{
	return (c->full ? CURLPAUSE_RECV : 0) | (c->starved ? CURLPAUSE_SEND : 0) | c->jammed;
}

static void shrink(struct gocurl_tape *t)
{
	if (t->cap > GOCURL_TAPE_KEEP) {
		free(t->buf);
		t->buf = NULL;
		t->cap = 0;
	}
	t->len = t->pos = 0;
}

void gocurl_tape_start(struct gocurl_cell *c, uint64_t mask)
{
	c->taping = mask;
	memset(&c->stream, 0, sizeof c->stream);
	c->brims = c->jammed = 0;
	c->missed = 0;
	c->full = c->starved = c->wants = c->fed = c->progressed = c->news_progressed = 0;
	shrink(&c->rec);
	shrink(&c->out);
	free(c->feed.buf);
	free(c->stage.buf);
	memset(&c->feed, 0, sizeof c->feed);
	memset(&c->stage, 0, sizeof c->stage);
	c->held = 0;
	memset(&c->feeding, 0, sizeof c->feeding);
	memset(&c->staging, 0, sizeof c->staging);
}

void gocurl_tape_free(struct gocurl_cell *c)
{
	gocurl_tape_start(c, 0);
	free(c->rec.buf);
	free(c->out.buf);
	memset(&c->rec, 0, sizeof c->rec);
	memset(&c->out, 0, sizeof c->out);
}

void gocurl_feed_give(struct gocurl_cell *c)
{
	struct gocurl_feed f = c->feed;

	if (c->staging.number != c->feeding.number || c->staging.turn != c->feeding.turn)
		return; /* libcurl has gone on meanwhile, and asks again */
	c->fed = c->stage.len == 0; /* the read function has come to its end */
	c->feed = c->stage;
	c->stage = f;
	c->wants = c->starved = 0;
}
