/* The MIME tree of a cell: libcurl's own, built from a form, and what its parts read from.
 *
 * Owner: the cell; it goes when it is replaced, on reset and with the cell, each time after libcurl has let go of it. A tree
 * belongs to one easy handle (libcurl before 7.87.0 insists on that), so a clone builds another. libcurl's function for
 * freeing a source is not used: it is called again for every handle that libcurl has duplicated. */
#ifndef GOCURL_MIME_H
#define GOCURL_MIME_H

#include "form.h"

struct gocurl_cell;

/* Where the content of one part comes from: Go, or a large piece of the form. Whoever holds the driver's lock uses it. */
struct gocurl_source {
	struct gocurl_cell *cell;
	int number;      /* Go's sources are counted from 0 on */
	int rewindable;
	uint64_t turn;   /* another one whenever reading begins anew; no two in the process are the same */
	const char *p;   /* in the form, NULL: Go has it */
	size_t len, pos;
};

struct gocurl_mime {
	curl_mime *tree;
	struct gocurl_form *form;
	size_t used; /* of the sources */
	struct gocurl_source source[];
};

/* Makes the form what CURLOPT_MIMEPOST has, or nothing (NULL), and frees what it had before. The result is code<<32 | the
 * number of the part that it is about (-1: none), both 0 when all went well. */
int64_t gocurl_mime_set(struct gocurl_cell *c, struct gocurl_form *f);

/* Frees what libcurl has let go of. */
void gocurl_mime_free(struct gocurl_cell *c);

#endif
