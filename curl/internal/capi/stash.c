#include "stash.h"
#include "cell.h"
#include "confine.h"
#include "load.h"
#include "zcallbacks.h"

static size_t take_all(char *p, size_t size, size_t n, void *cell)
{
	(void)p, (void)cell;
	return size * n;
}

static int stays(struct gocurl_cell *c)
{
	long version = 0;

	return gocurl_version_num() < 0x080700 && !gocurl_fn.easy_getinfo(c->easy, CURLINFO_HTTP_VERSION, &version) &&
	       version >= CURL_HTTP_VERSION_2_0;
}

void gocurl_stash_drop(struct gocurl_cell *c)
{
	struct gocurl_share *in;

	if (!stays(c))
		return;
	in = gocurl_confine_enter(c->confined);
	gocurl_fn.easy_setopt(c->easy, CURLOPT_WRITEFUNCTION, take_all);
	gocurl_fn.easy_setopt(c->easy, CURLOPT_HEADERFUNCTION, take_all);
	gocurl_fn.easy_pause(c->easy, CURLPAUSE_CONT);
	gocurl_set_function(c, CURLOPT_WRITEFUNCTION, gocurl_cell_has(c, GOCURL_FUNCTION_WRITEFUNCTION));
	gocurl_set_function(c, CURLOPT_HEADERFUNCTION, gocurl_cell_has(c, GOCURL_FUNCTION_HEADERFUNCTION));
	gocurl_confine_leave(in);
}

void gocurl_stash_left(struct gocurl_cell *c)
{
	if (c->has_paused && c->result)
		c->stale = stays(c);
}

void gocurl_stash_purge(struct gocurl_cell *c)
{
	struct gocurl_share *in;

	if (!c->stale)
		return;
	in = gocurl_confine_enter(c->confined);
	gocurl_fn.easy_reset(c->easy);
	gocurl_fn.easy_setopt(c->easy, CURLOPT_NOSIGNAL, 1L);
	gocurl_fn.easy_setopt(c->easy, CURLOPT_WRITEFUNCTION, take_all);
	gocurl_fn.easy_setopt(c->easy, CURLOPT_URL, "file:///dev/null");
	gocurl_fn.easy_perform(c->easy);
	gocurl_confine_leave(in);
	c->stale = 0;
}
