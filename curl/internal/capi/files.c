#include "files.h"
#include "hsts.h"
#include "load.h"

static struct curl_slist **list_of(struct gocurl_cell *c, int32_t id)
{
	return id == CURLOPT_HSTS ? &c->hsts_files : &c->cookie_files;
}

int gocurl_files_has(const struct gocurl_cell *c, int32_t id, const char *name)
{
	for (struct curl_slist *l = *list_of((struct gocurl_cell *)c, id); l; l = l->next)
		if (!strcmp(l->data, name))
			return 1;
	return 0;
}

void gocurl_files_note(struct gocurl_cell *c, int32_t id, const char *name)
{
	struct curl_slist **list = list_of(c, id), *grown;

	if (!name) {
		gocurl_fn.slist_free_all(*list);
		*list = NULL;
	} else if (gocurl_version_num() >= 0x075800 && !gocurl_files_has(c, id, name)) {
		grown = gocurl_fn.slist_append(*list, name);
		if (grown) /* else it is added again some day */
			*list = grown;
	}
}

/* The files are read before there can be a header, and what there is to learn is in headers. */
static void look(struct gocurl_cell *c)
{
	long headers = 0;

	if (c->hsts_unread != GOCURL_FILES_BEGUN && c->cookies_unread != GOCURL_FILES_BEGUN)
		return;
	if (gocurl_fn.easy_getinfo(c->easy, CURLINFO_HEADER_SIZE, &headers) || headers <= 0)
		return;
	if (c->hsts_unread == GOCURL_FILES_BEGUN)
		c->hsts_unread = GOCURL_FILES_READ;
	if (c->cookies_unread == GOCURL_FILES_BEGUN)
		c->cookies_unread = GOCURL_FILES_READ;
}

void gocurl_files_begin(struct gocurl_cell *c)
{
	gocurl_hsts_begin(c);
	look(c);
	if (c->hsts_unread)
		c->hsts_unread = GOCURL_FILES_BEGUN;
	if (c->cookies_unread)
		c->cookies_unread = GOCURL_FILES_BEGUN;
}

void gocurl_files_end(struct gocurl_cell *c)
{
	look(c);
	if (c->jar && c->cookies_unread)
		gocurl_fn.easy_setopt(c->easy, CURLOPT_COOKIELIST, "RELOAD");
	gocurl_hsts_end(c);
}
