/* CURLOPT_COOKIEFILE and CURLOPT_HSTS add a file to those that libcurl reads for each transfer, also one that is among them:
 * setting the same options before each transfer, it reads the file once, twice, a thousand times. So a file that is there is
 * not added again. libcurl before 7.88.0 reads its files only once, some time or other, and is left alone. */
#ifndef GOCURL_FILES_H
#define GOCURL_FILES_H

#include "cell.h"

/* Whether id adds a file. */
static inline int gocurl_files_about(int32_t id)
{
	return id == CURLOPT_COOKIEFILE || id == CURLOPT_HSTS;
}

int gocurl_files_has(const struct gocurl_cell *c, int32_t id, const char *name);
/* The file has been added; with NULL, libcurl has no files of that kind any more. */
void gocurl_files_note(struct gocurl_cell *c, int32_t id, const char *name);

/* Since 7.88.0, and for cookies always, libcurl reads them with the first transfer; what it writes when the handle is freed is what
 * it has by then. So a handle without one would leave nothing in its cookie jar, if that is among the files of cookies (up to
 * some release after 8.14.1, and 7.88.1 is none of them), and nothing in its file of HSTS entries. */
enum { GOCURL_FILES_READ, GOCURL_FILES_NAMED, GOCURL_FILES_BEGUN };

/* A transfer begins; the handle is about to be freed. */
void gocurl_files_begin(struct gocurl_cell *c);
void gocurl_files_end(struct gocurl_cell *c);

#endif
