/* What libcurl does to a file of HSTS entries (CURLOPT_HSTS) that nobody wants. No release up to 8.22.0 looks at
 * CURLHSTS_READONLYFILE. One that reads the file with the first transfer, 7.88.0 and later, leaves nothing in it when there
 * was none; when HSTS was switched off since, or shared until now, it reads the file into nothing and crashes (up to some release
 * after 8.14.1). And from 7.88.0 to 8.4.0 a clone has the list of files of its original, which both free. */
#ifndef GOCURL_HSTS_H
#define GOCURL_HSTS_H

#include "cell.h"

/* A file has been set; CURLOPT_HSTS_CTRL has; a transfer begins; the handle was reset; it is about to be freed. */
void gocurl_hsts_named(struct gocurl_cell *c);
CURLcode gocurl_hsts_control(struct gocurl_cell *c, int64_t flags);
void gocurl_hsts_begin(struct gocurl_cell *c);
void gocurl_hsts_reset(struct gocurl_cell *c);
void gocurl_hsts_end(struct gocurl_cell *c);

/* Around the making of a clone; to is NULL if there is none. What the original has learned of hosts since it read its files
 * is lost where the list has to go. */
void gocurl_hsts_before_clone(struct gocurl_cell *from);
CURLcode gocurl_hsts_after_clone(struct gocurl_cell *from, struct gocurl_cell *to);

#endif
