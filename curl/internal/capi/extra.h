/* Functions that some libcurls have beyond those of libcurl: browser-impersonating builds. */
#ifndef GOCURL_EXTRA_H
#define GOCURL_EXTRA_H

#include "info.h"

enum { GOCURL_EXTRA_ARGS = 4 };

/* A function that is in libcurl's own file, not in one of the libraries that it needs; 0: there is none. */
uintptr_t gocurl_extra_function(const char *name);
/* Calls it with the handle and whole numbers or addresses, as many as it takes and zeros. n is what it returns. */
struct gocurl_value gocurl_extra_call(struct gocurl_cell *c, uintptr_t function, const intptr_t *args);

/* The number of an option by the name that libcurl's own table has for it; 0: none, or no table (before 7.73.0). */
int32_t gocurl_option_named(const char *name);

#endif
