#include "easycall.h"
#include "confine.h"
#include "left.h"

int gocurl_cell_pause(struct gocurl_cell *c, int mask)
{
	struct gocurl_share *in = gocurl_confine_enter(c->confined);
	int rc = 0;

	mask |= gocurl_tape_pause_mask(c);
	if (mask & CURLPAUSE_RECV) {
		c->has_paused = 1;
		gocurl_left(c, 1);
	}
	if (c->held && !(mask & CURLPAUSE_SEND))
		rc = gocurl_fn.easy_pause(c->easy, mask | CURLPAUSE_SEND);
	if (!rc)
		rc = gocurl_fn.easy_pause(c->easy, mask);
	gocurl_confine_leave(in);
	return rc;
}

int gocurl_cell_upkeep(struct gocurl_cell *c)
{
	struct gocurl_share *in = gocurl_confine_enter(c->confined);
	int rc = gocurl_fn.easy_upkeep(c->easy);

	gocurl_confine_leave(in);
	return rc;
}

struct gocurl_value gocurl_cell_send(struct gocurl_cell *c, const void *p, size_t n)
{
	struct gocurl_value v = { 0 };
	size_t done = 0;
	struct gocurl_share *in = gocurl_confine_enter(NULL); /* the connection is the handle's own */

	c->error[0] = 0;
	v.code = gocurl_fn.easy_send(c->easy, p, n, &done);
	gocurl_confine_leave(in);
	v.n = (int64_t)done;
	return v;
}

struct gocurl_value gocurl_cell_recv(struct gocurl_cell *c, void *p, size_t n)
{
	struct gocurl_value v = { 0 };
	size_t done = 0;
	struct gocurl_share *in = gocurl_confine_enter(NULL); /* the connection is the handle's own */

	c->error[0] = 0;
	v.code = gocurl_fn.easy_recv(c->easy, p, n, &done);
	gocurl_confine_leave(in);
	v.n = (int64_t)done;
	return v;
}

struct gocurl_value gocurl_cell_header(struct gocurl_cell *c, const char *name, size_t index, unsigned origin, int request)
{
	struct gocurl_value v = { 0 };
	struct curl_header *h = NULL;

	v.code = (int32_t)gocurl_fn.easy_header(c->easy, name, index, origin, request, &h);
	v.p = h;
	return v;
}

/* libcurl tells the number only by refusing the next one. */
struct gocurl_value gocurl_cell_requests(struct gocurl_cell *c)
{
	struct gocurl_value v = { 0 };
	int request = 0;

	do {
		v.code = gocurl_cell_header(c, ".", 0, CURLH_HEADER, request++).code;
	} while (v.code == CURLHE_MISSING || v.code == CURLHE_BADINDEX || !v.code);
	v.n = request - 1;
	if (v.code == CURLHE_NOREQUEST || v.code == CURLHE_NOHEADERS)
		v.code = 0;
	return v;
}

struct curl_header *gocurl_cell_next_header(struct gocurl_cell *c, unsigned origin, int request, struct curl_header *prev)
{
	return gocurl_fn.easy_nextheader(c->easy, origin, request, prev);
}

void gocurl_list_free(struct curl_slist *l)
{
	gocurl_fn.slist_free_all(l);
}

int gocurl_list_append(struct curl_slist **l, const char *s)
{
	struct curl_slist *next = gocurl_fn.slist_append(*l, s);

	if (!next)
		return -1;
	*l = next;
	return 0;
}
