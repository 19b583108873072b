/* Certificates of authorities for a libcurl that was built without knowing where the system has them. */
#ifndef GOCURL_CAS_H
#define GOCURL_CAS_H

#include "cell.h"

/* What every handle has from now on unless its user sets something else: a file and a folder, or NULL, or the content of
 * a file. The strings are kept. Called once, while libcurl is loaded. */
void gocurl_cas_default(char *file, char *folder, char *pem, size_t n);

/* Gives a handle without options the defaults. */
void gocurl_cas_set(struct gocurl_cell *c);
/* A file, a folder or a blob of the user's takes the place of the default blob, which libcurl would prefer to a file; and
 * one that is taken back lets it return. Called when the option has been set (set is 1) or cleared. */
void gocurl_cas_changed(struct gocurl_cell *c, int32_t id, int set);

#endif
