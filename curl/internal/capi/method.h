/* Which request a handle makes. libcurl goes by the last option that says so, whatever was set before and is still there:
 * a form stays when post data is set after it. A clone is given form and post data again, in whatever order, and then
 * told what was the last. */
#ifndef GOCURL_METHOD_H
#define GOCURL_METHOD_H

#include "decl.h"

struct gocurl_cell;

/* Whether a number is about that, in a few instructions: most are not. */
static inline int gocurl_method_is(int32_t id)
{
	enum { NARROW = 64 }; /* all but one of them are below */
	const uint64_t these = UINT64_C(1) << CURLOPT_NOBODY | UINT64_C(1) << CURLOPT_UPLOAD | UINT64_C(1) << CURLOPT_POST |
			       UINT64_C(1) << CURLOPT_PUT;

	return (id < NARROW && (these >> id & 1)) || id == CURLOPT_HTTPGET;
}
/* Notes that the option is set, if it is one that says which request is made. */
void gocurl_method_note(struct gocurl_cell *c, int32_t id, int64_t n);
/* Tells a clone, after its form and post data have been set, what its original goes by. */
CURLcode gocurl_method_copy(struct gocurl_cell *to, const struct gocurl_cell *from);

#endif
