/* Fields of callback arguments that Go cannot reach: bit fields and arrays it must not overrun. */
#ifndef GOCURL_ARGS_H
#define GOCURL_ARGS_H

#include "easycall.h"

int gocurl_hsts_subdomains(const struct curl_hstsentry *e);
/* 0, or -1 when the name does not fit the room libcurl gives. expire is "YYYYMMDD HH:MM:SS" or NULL for never. */
int gocurl_hsts_fill(struct curl_hstsentry *e, const char *name, size_t len, int subdomains, const char *expire);

#endif
