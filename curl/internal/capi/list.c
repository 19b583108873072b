#include "list.h"
#include "cell.h"

int gocurl_list_add(struct gocurl_list *l, const char *s)
{
	struct curl_slist *grown = gocurl_fn.slist_append(l->last, s);

	if (!grown)
		return -1;
	if (l->last)
		l->last = grown->next;
	else
		l->first = l->last = grown;
	return 0;
}

CURLcode gocurl_list_set(struct gocurl_cell *c, int32_t id, struct curl_slist *list)
{
	static char nothing[] = "";
	int headers = id == CURLOPT_HTTPHEADER;
	CURLcode rc = gocurl_fn.easy_setopt(c->easy, id, headers && list ? &c->headers : list);

	if (rc) {
		gocurl_fn.slist_free_all(list);
		return rc;
	}
	if (headers)
		c->headers = list ? *list : (struct curl_slist){ nothing, NULL };
	gocurl_own(c, id, 1, list, 0); /* libcurl keeps the pointer, not a copy */
	return CURLE_OK;
}
