#include "lookup.h"
#include "cell.h"
#include "frame.h"

extern int gocurlGoResolverStart(uintptr_t key, void *resolver, void *reserved);

static int on_start(void *resolver, void *reserved, void *cell)
{
	struct gocurl_cell *c = cell;
	struct gocurl_frame f;
	int r = 0;

	if (!gocurl_lookup_of_many(c) && !gocurl_lookup_room()) {
		gocurl_frame_push(&f, c);
		r = gocurlGoResolverStart(c->key, resolver, reserved);
		gocurl_frame_pop(&f);
	}
	if (!r)
		gocurl_lookup_begins(c);
	return r;
}

curl_resolver_start_callback gocurl_lookup_function(void)
{
	return gocurl_lookup_counted() ? on_start : NULL;
}
