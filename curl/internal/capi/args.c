#include "args.h"

int gocurl_hsts_subdomains(const struct curl_hstsentry *e)
{
	return e->includeSubDomains;
}

int gocurl_hsts_fill(struct curl_hstsentry *e, const char *name, size_t len, int subdomains, const char *expire)
{
	if (len >= e->namelen)
		return -1;
	memcpy(e->name, name, len);
	e->name[len] = 0;
	e->includeSubDomains = subdomains != 0;
	e->expire[0] = 0;
	if (expire)
		snprintf(e->expire, sizeof e->expire, "%s", expire);
	return 0;
}
