/* The handles of streams that a server pushes over HTTP/2. */
#include "cell.h"
#include "multi.h"
#include "spare.h"
#include "zcallbacks.h"

/* Setting the option makes 8.14.1 and later forget the stream's own URL as well. */
static CURLcode leave_url(CURL *easy)
{
	char *url = NULL, *copy;
	CURLcode rc;

	gocurl_fn.easy_getinfo(easy, CURLINFO_EFFECTIVE_URL, &url);
	copy = url ? strdup(url) : NULL;
	if (!copy)
		return CURLE_OUT_OF_MEMORY;
	rc = gocurl_fn.easy_setopt(easy, CURLOPT_CURLU, (CURLU *)NULL);
	if (!rc)
		rc = gocurl_fn.easy_setopt(easy, CURLOPT_URL, copy);
	free(copy);
	return rc;
}

/* Lists, post data and a form. The last two have made it a POST. */
static CURLcode leave_owned(CURL *easy, const struct gocurl_cell *parent)
{
	CURLcode rc = CURLE_OK;

	gocurl_fn.easy_setopt(easy, CURLOPT_HTTPHEADER, (struct curl_slist *)NULL); /* a node of the parent's: list.h */
	for (struct gocurl_owned *o = parent->owned; !rc && o; o = o->next)
		rc = gocurl_fn.easy_setopt(easy, o->id, (void *)NULL);
	if (!rc && parent->posting)
		rc = gocurl_fn.easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)-1);
	if (!rc && parent->mime)
		rc = gocurl_fn.easy_setopt(easy, CURLOPT_MIMEPOST, (curl_mime *)NULL);
	if (!rc)
		rc = gocurl_fn.easy_setopt(easy, CURLOPT_HTTPGET, 1L);
	return rc;
}

/* With most releases (8.22.0 copies nothing, 8.23.0 functions alone) the easy handle of a pushed stream is a copy of its
 * parent's: with its functions, which libcurl would call for it with the parent's cell, and with all that it has borrowed
 * of that cell, which can go first. Strings and most numbers stay, as libcurl has copied them. Without a debug or progress
 * function it would write to stderr. */
static CURLcode leave_parent(struct gocurl_cell *c, const struct gocurl_cell *parent)
{
	CURLcode rc = CURLE_OK;

	if (parent->url)
		rc = leave_url(c->easy);
	if (!rc)
		rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_VERBOSE, 0L);
	if (!rc)
		rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_NOPROGRESS, 1L);
	if (!rc) /* nothing has started it for libcurl, which counts from the start of the machine then */
		rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_TIMEOUT_MS, 0L);
	if (!rc)
		rc = gocurl_set_functions(c, parent->functions, 0);
	if (!rc) /* what stands in for a function has no bit there */
		rc = gocurl_set_function(c, CURLOPT_SOCKOPTFUNCTION, 0);
	if (!rc)
		rc = gocurl_set_function(c, CURLOPT_CLOSESOCKETFUNCTION, 0);
	if (!rc)
		rc = gocurl_set_function(c, CURLOPT_XFERINFOFUNCTION, 0);
	if (!rc)
		rc = gocurl_set_function(c, CURLOPT_HEADERFUNCTION, 0);
	return rc ? rc : leave_owned(c->easy, parent);
}

struct gocurl_cell *gocurl_multi_adopt(struct gocurl_multi *m, uintptr_t of, uintptr_t easy, uintptr_t key)
{
	struct gocurl_cell *c = calloc(1, sizeof *c), *parent = NULL;

	if (!c)
		return NULL;
	c->key = key;
	c->holds = 1;
	c->easy = (CURL *)easy;
	c->driver = m->d;
	gocurl_fn.easy_getinfo((CURL *)of, CURLINFO_PRIVATE, &parent);
	if ((parent && leave_parent(c, parent)) || gocurl_cell_defaults(c)) {
		free(c);
		return NULL;
	}
	gocurl_spare_handles(1);
	return c;
}

const char *gocurl_push_header(void *headers, size_t i)
{
	return gocurl_fn.pushheader_bynum(headers, i);
}
