/* libcurl's parsed URLs. An object is used by one thread at a time: the Go side has a lock for each. What a cell is to use
 * is copied into it, so that no transfer ever looks at an object that its user may change. */
#ifndef GOCURL_URL_H
#define GOCURL_URL_H

#include "info.h"

int gocurl_url_set(CURLU *u, int part, const char *text, unsigned flags); /* a CURLUcode; NULL takes the part away */
/* code is a CURLUcode, p the text, which gocurl_text_free frees. */
struct gocurl_value gocurl_url_get(CURLU *u, int part, unsigned flags);
CURLU *gocurl_url_new(void);
CURLU *gocurl_url_dup(CURLU *u);
void gocurl_url_free(CURLU *u);

/* Has the next transfer go to a copy of u; with NULL the cell has no URL at all. A CURLcode. */
int gocurl_cell_url(struct gocurl_cell *c, CURLU *u);

#endif
