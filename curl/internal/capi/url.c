#include "url.h"
#include "thread_locale.h"

int gocurl_url_set(CURLU *u, int part, const char *text, unsigned flags)
{
	struct gocurl_locale l;
	int rc;

	gocurl_locale_enter(&l);
	rc = (int)gocurl_fn.url_set(u, (CURLUPart)part, text, flags);
	gocurl_locale_leave(&l);
	return rc;
}

struct gocurl_value gocurl_url_get(CURLU *u, int part, unsigned flags)
{
	struct gocurl_value v = { 0 };
	struct gocurl_locale l;
	char *text = NULL;

	gocurl_locale_enter(&l); /* PUNYCODE and PUNY2IDN convert by way of it */
	v.code = gocurl_fn.url_get(u, (CURLUPart)part, &text, flags);
	gocurl_locale_leave(&l);
	v.p = text;
	return v;
}

CURLU *gocurl_url_new(void)
{
	return gocurl_fn.url();
}

CURLU *gocurl_url_dup(CURLU *u)
{
	CURLU *copy = gocurl_fn.url_dup(u);
	char *zone = NULL;

	/* 7.74.0 and 7.88.1 leave the zone of an IPv6 address behind. */
	if (copy && !gocurl_fn.url_get(u, CURLUPART_ZONEID, &zone, 0)) {
		if (gocurl_fn.url_set(copy, CURLUPART_ZONEID, zone, 0)) {
			gocurl_fn.url_cleanup(copy);
			copy = NULL;
		}
		gocurl_fn.free(zone);
	}
	return copy;
}

void gocurl_url_free(CURLU *u)
{
	gocurl_fn.url_cleanup(u);
}

/* Every version prefers the object to CURLOPT_URL, but up to 7.88.1 infos tell, and since 8.14 or before the object
 * replaces, what that one was: so it is emptied first. */
int gocurl_cell_url(struct gocurl_cell *c, CURLU *u)
{
	CURLU *copy = NULL;
	CURLcode rc;

	if (u) {
		copy = gocurl_url_dup(u);
		if (!copy)
			return CURLE_OUT_OF_MEMORY;
	}
	rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_URL, (char *)NULL);
	if (!rc && (copy || c->url)) /* the option is there since 7.63.0 */
		rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_CURLU, copy);
	if (rc) {
		if (copy)
			gocurl_fn.url_cleanup(copy);
		return rc;
	}
	if (c->url)
		gocurl_fn.url_cleanup(c->url);
	c->url = copy;
	return CURLE_OK;
}
