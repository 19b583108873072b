/* The calls on an easy handle that are neither options nor infos. */
#ifndef GOCURL_EASYCALL_H
#define GOCURL_EASYCALL_H

#include "info.h"

int gocurl_cell_pause(struct gocurl_cell *c, int mask);
int gocurl_cell_upkeep(struct gocurl_cell *c);
/* n is the number of bytes, code the CURLcode (81: nothing to be had now). */
struct gocurl_value gocurl_cell_send(struct gocurl_cell *c, const void *p, size_t n);
struct gocurl_value gocurl_cell_recv(struct gocurl_cell *c, void *p, size_t n);
/* p is the struct curl_header, libcurl's own until the next call; code a CURLHcode. */
struct gocurl_value gocurl_cell_header(struct gocurl_cell *c, const char *name, size_t index, unsigned origin, int request);
/* n is how many requests the transfer has made, as far as there are headers; code a CURLHcode. */
struct gocurl_value gocurl_cell_requests(struct gocurl_cell *c);
struct curl_header *gocurl_cell_next_header(struct gocurl_cell *c, unsigned origin, int request, struct curl_header *prev);
void gocurl_list_free(struct curl_slist *l);
int gocurl_list_append(struct curl_slist **l, const char *s); /* 0 or -1 */

#endif
