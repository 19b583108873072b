/* Getting hold of libcurl: filling the function table, and the first calls through it.
 *
 * Which library to try, in which order, and whether it will do is decided in Go, by curl/internal/load. Its lock is
 * held around every call of the functions in here. */
#ifndef GOCURL_LOAD_H
#define GOCURL_LOAD_H

#include "decl.h"

/* Loads the named library and fills gocurl_fn with what it has. 0, or -1 with the reason in why. A linked build takes
 * the linked libcurl, whatever the name. */
int gocurl_load_open(const char *name, char *why, size_t size);
/* Empties gocurl_fn and lets the library go: for one that turned out to be of no use, before gocurl_load_init. */
void gocurl_load_close(void);
/* The file that the code of libcurl came from; "" when the system cannot tell. */
void gocurl_load_path(char *path, size_t size);

/* curl_version's text, NULL if the library has no such function. It may be called at any time. */
const char *gocurl_load_version(void);
/* curl_global_init with everything. A CURLcode. */
int gocurl_load_init(void);
/* To be called after gocurl_load_init only: before it, libcurl may write to the result. */
const struct curl_version_info_data *gocurl_load_version_info(void);
/* The running libcurl's number, from then on and on any thread: libcurl writes to its data each time that it is asked. */
unsigned gocurl_version_num(void);

#endif
