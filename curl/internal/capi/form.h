/* A form is the description of a MIME tree: what a Go MIME value says, in C memory, independent of any handle. It is
 * never changed, so that any number of cells build their tree from it, and their clones again.
 *
 * Owner: whoever holds a reference; the last one to let go frees it. No lock: the count is atomic. */
#ifndef GOCURL_FORM_H
#define GOCURL_FORM_H

#include "decl.h"

#include <stdatomic.h>

/* A form is a row of records: one byte that says what it is, eight with the length of what follows (in the byte order of
 * the machine), the bytes, and a NUL. form.go writes them. */
enum gocurl_form_tag {
	GOCURL_FORM_PART,     /* a part begins; what follows is about it */
	GOCURL_FORM_NAME,
	GOCURL_FORM_FILENAME,
	GOCURL_FORM_TYPE,
	GOCURL_FORM_ENCODER,
	GOCURL_FORM_HEADERS,  /* strings, each with its NUL */
	GOCURL_FORM_DATA,
	GOCURL_FORM_FILE,     /* a path */
	GOCURL_FORM_SOURCE,   /* struct gocurl_form_source: Go has the content */
	GOCURL_FORM_DOWN,     /* its parts come */
	GOCURL_FORM_UP        /* they have come */
};

struct gocurl_form_source {
	int64_t size;       /* -1: unknown */
	int64_t rewindable; /* it can go back to its start */
};

struct gocurl_form {
	atomic_int refs;
	size_t sources; /* number of records SOURCE, and of those DATA that are large */
	size_t len;
	char bytes[];
};

enum { GOCURL_FORM_LARGE = 64 * 1024 }; /* data of this size is sent from the form; libcurl copies what is smaller */

/* NULL without memory. The caller owns a reference to it. */
struct gocurl_form *gocurl_form_new(const void *bytes, size_t len);
struct gocurl_form *gocurl_form_share(struct gocurl_form *f); /* another reference; f may be NULL */
void gocurl_form_drop(struct gocurl_form *f);

struct gocurl_record_of_form {
	enum gocurl_form_tag tag;
	const char *p;
	size_t len;
};

/* Reads the record at *pos and goes on to the next. 0 at the end. */
int gocurl_form_next(const struct gocurl_form *f, size_t *pos, struct gocurl_record_of_form *r);

#endif
