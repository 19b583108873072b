#include "list.h"

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
