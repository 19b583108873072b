#include "websocket.h"
#include "confine.h"

static void describe(struct gocurl_frame_part *f, const struct curl_ws_frame *meta)
{
	f->flags = meta->flags;
	f->offset = meta->offset;
	f->left = meta->bytesleft;
}

struct gocurl_frame_part gocurl_ws_recv(struct gocurl_cell *c, void *p, size_t n)
{
	struct gocurl_frame_part f = { 0 };
	const struct curl_ws_frame *meta = NULL;
	size_t done = 0;
	struct gocurl_share *in = gocurl_confine_enter(NULL); /* the connection is the handle's own */

	c->error[0] = 0;
	f.code = gocurl_fn.ws_recv(c->easy, p, n, &done, &meta);
	gocurl_confine_leave(in);
	f.n = (int64_t)done;
	if (!f.code && meta)
		describe(&f, meta);
	return f;
}

struct gocurl_frame_part gocurl_ws_send(struct gocurl_cell *c, const void *p, size_t n, int64_t size, uint32_t flags)
{
	struct gocurl_frame_part f = { 0 };
	size_t done = 0;
	struct gocurl_share *in = gocurl_confine_enter(NULL);

	c->error[0] = 0;
	f.code = gocurl_fn.ws_send(c->easy, n ? p : "", n, &done, size, flags); /* raw mode refuses NULL */
	gocurl_confine_leave(in);
	f.n = (int64_t)done;
	return f;
}

struct gocurl_frame_part gocurl_ws_meta(struct gocurl_cell *c)
{
	struct gocurl_frame_part f = { .code = CURLE_GOT_NOTHING };
	const struct curl_ws_frame *meta = gocurl_fn.ws_meta(c->easy);

	if (meta) {
		f.code = 0;
		describe(&f, meta);
	}
	return f;
}

int gocurl_ws_start(struct gocurl_cell *c, uint32_t flags, int64_t size)
{
	struct gocurl_share *in = gocurl_confine_enter(NULL);
	int rc;

	c->error[0] = 0;
	rc = gocurl_fn.ws_start_frame(c->easy, flags, size);
	gocurl_confine_leave(in);
	return rc;
}
