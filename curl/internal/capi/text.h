/* libcurl's text helpers. They need no handle; what they return is freed with gocurl_text_free. */
#ifndef GOCURL_TEXT_H
#define GOCURL_TEXT_H

#include "decl.h"

char *gocurl_escape(const char *s, int n);
char *gocurl_unescape(const char *s, int n, int *len);
int64_t gocurl_getdate(const char *s);
int gocurl_global_trace(const char *config); /* a CURLcode */
void gocurl_text_free(char *s);

#endif
