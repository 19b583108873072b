#include "hsts.h"
#include "files.h"
#include "load.h"

enum { WRITTEN, READ_ONLY, READ_ONLY_BEFORE_RESET }; /* hsts_read_only */

static int reads_late(void) { return gocurl_version_num() >= 0x075800; }
static int clones_list(void) { return reads_late() && gocurl_version_num() < 0x080500; }

static CURLcode set_file(struct gocurl_cell *c, const char *name)
{
	return gocurl_fn.easy_setopt(c->easy, CURLOPT_HSTS, name);
}

void gocurl_hsts_named(struct gocurl_cell *c)
{
	if (reads_late()) {
		c->hsts_unread = GOCURL_FILES_NAMED;
		c->hsts_listed = 1;
	}
	if (c->hsts_read_only == READ_ONLY_BEFORE_RESET)
		c->hsts_read_only = WRITTEN;
}

CURLcode gocurl_hsts_control(struct gocurl_cell *c, int64_t flags)
{
	c->hsts_read_only = flags & CURLHSTS_READONLYFILE ? READ_ONLY : WRITTEN;
	if (flags & CURLHSTS_ENABLE)
		return CURLE_OK;
	c->hsts_kept = c->hsts_listed = 0;
	gocurl_files_note(c, CURLOPT_HSTS, NULL);
	return reads_late() ? set_file(c, NULL) : CURLE_OK;
}

void gocurl_hsts_begin(struct gocurl_cell *c)
{
	if (c->hsts_listed) /* nothing happens where there is a list of entries */
		gocurl_fn.easy_setopt(c->easy, CURLOPT_HSTS_CTRL, (long)CURLHSTS_ENABLE);
}

void gocurl_hsts_reset(struct gocurl_cell *c)
{
	if (c->hsts_read_only) /* libcurl remembers the file */
		c->hsts_read_only = READ_ONLY_BEFORE_RESET;
}

void gocurl_hsts_end(struct gocurl_cell *c)
{
	if (c->hsts_read_only || c->hsts_unread)
		set_file(c, ""); /* that one is never written */
}

void gocurl_hsts_before_clone(struct gocurl_cell *from)
{
	if (!clones_list() || !from->hsts_files)
		return;
	from->hsts_kept = 0;
	set_file(from, NULL);
}

static CURLcode set_files(struct gocurl_cell *c, const struct curl_slist *names)
{
	CURLcode rc = CURLE_OK;

	for (; !rc && names; names = names->next)
		rc = set_file(c, names->data);
	if (!rc)
		gocurl_hsts_named(c);
	return rc;
}

CURLcode gocurl_hsts_after_clone(struct gocurl_cell *from, struct gocurl_cell *to)
{
	const struct curl_slist *names = clones_list() ? from->hsts_files : NULL;
	CURLcode rc = names ? set_files(from, names) : CURLE_OK;

	if (!rc && to && names)
		rc = set_files(to, names);
	if (rc || !to)
		return rc;
	to->hsts_read_only = from->hsts_read_only;
	for (; names; names = names->next)
		gocurl_files_note(to, CURLOPT_HSTS, names->data);
	return CURLE_OK;
}
