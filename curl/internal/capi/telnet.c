#include "telnet.h"
#include "cell.h"
#include "stream.h"

extern size_t gocurlGoRead(uintptr_t key, void *p, size_t size, size_t n);

int gocurl_telnet(struct gocurl_cell *c)
{
	return gocurl_scheme_is(c, "telnet");
}

size_t gocurl_telnet_listen(struct gocurl_cell *c)
{
	struct gocurl_frame f;
	size_t r;

	gocurl_frame_push(&f, c);
	r = gocurlGoRead(c->key, NULL, 0, 0);
	gocurl_frame_pop(&f);
	return r;
}
