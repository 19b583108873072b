#include "files.h"
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
