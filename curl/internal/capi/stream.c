#include "stream.h"
#include "cell.h"
#include "driver.h"
#include "engine.h"
#include "telnet.h"
#include "watch.h"
#include "zcallbacks.h"

#include <strings.h>

extern size_t gocurlGoHeader(uintptr_t key, void *p, size_t size, size_t n);

void gocurl_stream_start(struct gocurl_cell *c, int live, int headers)
{
	uint64_t both = UINT64_C(1) << GOCURL_FUNCTION_WRITEFUNCTION | UINT64_C(1) << GOCURL_FUNCTION_HEADERFUNCTION;

	gocurl_tape_start(c, live ? both : GOCURL_TAPED_FUNCTIONS);
	c->stream.on = 1;
	c->stream.live = (uint8_t)live;
	c->stream.headers = (uint8_t)headers;
}

int64_t gocurl_stream_step(struct gocurl_driver *d, struct gocurl_cell *c, char *p, size_t n, int64_t budget)
{
	struct gocurl_stream *s = &c->stream;
	int64_t flags;

	s->window = p;
	s->cap = n;
	s->len = 0;
	d->reader = c;
#ifdef GOCURL_EPOLL
	if (!d->polling && !d->dense && !d->nready && !gocurl_driver_again(d)) /* this spares a step that finds nothing */
		gocurl_watch_wait(d, 0);
#endif
	flags = gocurl_driver_step(d, budget);
	d->reader = NULL;
	flags |= (int64_t)s->len << 8;
	s->window = NULL;
	s->cap = s->len = 0;
	return flags;
}

/* The window is open only as long as nothing waits on a tape, so that bytes stay in order. The tape that was taken
 * belongs to the reader; but the reader is who leads, when there is a window. */
size_t gocurl_stream_pass(struct gocurl_cell *c, const char *p, size_t n)
{
	struct gocurl_stream *s = &c->stream;

	s->answered = 1;
	if (!s->window || c->rec.len || c->out.pos < c->out.len)
		return 0;
	if (c->driver && 2 * n > s->cap - s->len) /* another piece of this size would in part go on the tape */
		c->driver->filled = 1;
	if (n > s->cap - s->len)
		n = s->cap - s->len;
	memcpy(s->window + s->len, p, n);
	s->len += n;
	return n;
}

/* Whether no other response follows the one whose header is complete. There is no way to ask libcurl whether it is going
 * to follow a redirect, to authenticate or to send again without Expect: after such a response body data decides, which
 * libcurl keeps to itself when another request follows. A proxy's answer to CONNECT leaves the code as it was: 0, or
 * that of a redirect. */
static int final(struct gocurl_cell *c)
{
	long code = 0;

	if (gocurl_fn.easy_getinfo(c->easy, CURLINFO_RESPONSE_CODE, &code))
		return 0;
	return code >= 200 && code / 100 != 3 && code != 401 && code != 407 && code != 417;
}

int gocurl_scheme_is(struct gocurl_cell *c, const char *name)
{
	char *scheme = NULL;

	return !gocurl_fn.easy_getinfo(c->easy, CURLINFO_SCHEME, &scheme) && scheme && !strcasecmp(scheme, name);
}

int gocurl_stream_unpausable(struct gocurl_cell *c)
{
	return gocurl_scheme_is(c, "file") || gocurl_telnet(c);
}

int gocurl_stream_watch(struct gocurl_cell *c, const char *p, size_t n)
{
	struct gocurl_stream *s = &c->stream;

	if (n > 5 && !memcmp(p, "HTTP/", 5)) {
		s->http = 1;
	} else if (s->http && (*p == '\r' || *p == '\n')) {
		s->http = 0;
		if (final(c))
			return s->answered = 1;
	}
	return 0;
}

/* A header line of a stream whose other callbacks run inside libcurl. */
size_t gocurl_stream_header(struct gocurl_cell *c, char *p, size_t n)
{
	struct gocurl_frame f;
	size_t r;

	if (!c->stream.headers)
		return n;
	gocurl_frame_push(&f, c);
	r = gocurlGoHeader(c->key, p, 1, n);
	gocurl_frame_pop(&f);
	return r;
}

int gocurl_stream_next(struct gocurl_cell *c)
{
	struct gocurl_tape *t = &c->out;
	struct gocurl_record r;

	if (c->stream.body) { /* the reader has come to its end */
		memcpy(&r, t->buf + t->pos, sizeof r);
		t->pos += sizeof r + r.len;
		c->stream.body = NULL;
	}
	return gocurl_tape_play(c);
}
