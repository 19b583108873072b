#include "cas.h"

/* Written once, before there is a handle; never freed. libcurl does not copy the content. */
static struct {
	char *file, *folder;
	struct curl_blob pem; /* without data: there is none */
} cas;

void gocurl_cas_default(char *file, char *folder, char *pem, size_t n)
{
	cas.file = file;
	cas.folder = folder;
	cas.pem.data = pem;
	cas.pem.len = n;
	cas.pem.flags = CURL_BLOB_NOCOPY;
}

/* A build without TLS to proxies, or a TLS library that takes no folder, refuses some of these: that is no matter. */
void gocurl_cas_set(struct gocurl_cell *c)
{
	if (cas.file) {
		gocurl_fn.easy_setopt(c->easy, CURLOPT_CAINFO, cas.file);
		gocurl_fn.easy_setopt(c->easy, CURLOPT_PROXY_CAINFO, cas.file);
	}
	if (cas.folder) {
		gocurl_fn.easy_setopt(c->easy, CURLOPT_CAPATH, cas.folder);
		gocurl_fn.easy_setopt(c->easy, CURLOPT_PROXY_CAPATH, cas.folder);
	}
	if (cas.pem.data) {
		gocurl_fn.easy_setopt(c->easy, CURLOPT_CAINFO_BLOB, &cas.pem);
		gocurl_fn.easy_setopt(c->easy, CURLOPT_PROXY_CAINFO_BLOB, &cas.pem);
	}
	c->error[0] = 0;
}

void gocurl_cas_changed(struct gocurl_cell *c, int32_t id, int set)
{
	int32_t blob = 0;

	if (!cas.pem.data)
		return;
	switch (id) {
	case CURLOPT_CAINFO:
	case CURLOPT_CAPATH:
	case CURLOPT_CAINFO_BLOB:
		blob = CURLOPT_CAINFO_BLOB;
		break;
	case CURLOPT_PROXY_CAINFO:
	case CURLOPT_PROXY_CAPATH:
	case CURLOPT_PROXY_CAINFO_BLOB:
		blob = CURLOPT_PROXY_CAINFO_BLOB;
		break;
	}
	if (!blob || (set && blob == id))
		return;
	gocurl_fn.easy_setopt(c->easy, blob, set ? NULL : &cas.pem);
}
