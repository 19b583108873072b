#ifndef GOCURL_LIST_H
#define GOCURL_LIST_H

#include "decl.h"

/* A list while it grows. curl_slist_append walks from the node that it is given to the end, so it is given the last:
 * from the first, twenty thousand lines would take two hundred million steps. */
struct gocurl_list {
	struct curl_slist *first, *last; /* whoever declares it owns the nodes until it hands over first */
};

int gocurl_list_add(struct gocurl_list *l, const char *s); /* 0, or -1: no memory, and the list is as it was */

struct gocurl_cell;

/* Makes the list what an option has, or NULL, and frees what it had before. The list is taken over; when libcurl refuses it, it
 * is freed, and the old one still in place.
 *
 * When libcurl sends a form as a mail (SMTP, IMAP), it has the list of CURLOPT_HTTPHEADER in the form as well, and keeps it there
 * when that is over and the option has another one: curl_easy_duphandle goes through it then. So libcurl is given a node of the
 * cell's own, which is the first of whatever list there is. */
CURLcode gocurl_list_set(struct gocurl_cell *c, int32_t id, struct curl_slist *list);

#endif
