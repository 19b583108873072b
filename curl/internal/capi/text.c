#include "text.h"

/* Before 7.82.0 these two insist on a handle without looking into it; making one is cheap beside the call's rarity. */
char *gocurl_escape(const char *s, int n)
{
	CURL *e = gocurl_fn.easy_init();
	char *out = e ? gocurl_fn.easy_escape(e, s, n) : NULL;

	if (e)
		gocurl_fn.easy_cleanup(e);
	return out;
}

char *gocurl_unescape(const char *s, int n, int *len)
{
	CURL *e = gocurl_fn.easy_init();
	char *out = e ? gocurl_fn.easy_unescape(e, s, n, len) : NULL;

	if (e)
		gocurl_fn.easy_cleanup(e);
	return out;
}

int64_t gocurl_getdate(const char *s)
{
	return gocurl_fn.getdate(s, NULL);
}

int gocurl_global_trace(const char *config)
{
	return gocurl_fn.global_trace(config);
}

void gocurl_text_free(char *s)
{
	gocurl_fn.free(s);
}
