//go:build gocurl_link || gocurl_pkgconfig

#include "load.h"

int gocurl_load_open(const char *name, char *why, size_t size)
{
	(void)name, (void)why, (void)size;
	gocurl_fn = gocurl_linked;
	return 0;
}

void gocurl_load_close(void)
{
	memset(&gocurl_fn, 0, sizeof gocurl_fn);
}
