#ifndef GOCURL_LIST_H
#define GOCURL_LIST_H

#include "decl.h"

/* A list while it grows. curl_slist_append walks from the node that it is given to the end, so it is given the last:
 * from the first, twenty thousand lines would take two hundred million steps. */
struct gocurl_list {
	struct curl_slist *first, *last; /* whoever declares it owns the nodes until it hands over first */
};

int gocurl_list_add(struct gocurl_list *l, const char *s); /* 0, or -1: no memory, and the list is as it was */

#endif
