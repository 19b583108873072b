/* Which request a handle makes. libcurl goes by the last option that says so, whatever was set before and is still there:
 * a form stays when post data is set after it. A clone is given form and post data again, in whatever order, and then
 * told what was the last. */
#ifndef GOCURL_METHOD_H
#define GOCURL_METHOD_H

#include "decl.h"

struct gocurl_cell;

/* Notes that the option is set, if it is one that says which request is made. */
void gocurl_method_note(struct gocurl_cell *c, int32_t id, int64_t n);
/* Tells a clone, after its form and post data have been set, what its original goes by. */
CURLcode gocurl_method_copy(struct gocurl_cell *to, const struct gocurl_cell *from);

#endif
