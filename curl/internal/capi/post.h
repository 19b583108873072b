/* Post data: a pointer and a size that libcurl keeps apart and that belong together. */
#ifndef GOCURL_POST_H
#define GOCURL_POST_H

#include "cell.h"

CURLcode gocurl_apply_bytes(struct gocurl_cell *c, struct gocurl_op *op);
/* Before a size is set: corrects it to the post data, or refuses it. */
CURLcode gocurl_fit_post_size(struct gocurl_cell *c, struct gocurl_op *op);
/* There is a read function that has so much, -1: nobody knows how much. A POST has a size option of its own for that; post
 * data brings its size, and is sent instead. Fits the upload buffer as well. seekless: it cannot go anywhere, which libcurl
 * is told: without a seek function a resumed upload by FTP skips nothing, and sends from the start what belongs to the end. */
void gocurl_cell_set_source(struct gocurl_cell *c, int64_t size, int large, int seekless);
/* How much an upload is to have as the options say, -1: they do not. */
int64_t gocurl_cell_promised(const struct gocurl_cell *c);

#endif
