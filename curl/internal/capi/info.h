/* Reading infos of a cell: one value per call, strings still libcurl's own (the caller copies them under the lock). */
#ifndef GOCURL_INFO_H
#define GOCURL_INFO_H

#include "cell.h"

struct gocurl_value {
	int32_t code; /* CURLcode */
	int64_t n;
	double d;
	const void *p;
};

struct gocurl_value gocurl_info_long(struct gocurl_cell *c, int32_t id);
struct gocurl_value gocurl_info_off(struct gocurl_cell *c, int32_t id);
struct gocurl_value gocurl_info_double(struct gocurl_cell *c, int32_t id);
struct gocurl_value gocurl_info_pointer(struct gocurl_cell *c, int32_t id); /* string, list, pointer kinds */
struct gocurl_value gocurl_info_socket(struct gocurl_cell *c, int32_t id);
/* The curl_easytype that the running libcurl gives an option number; -1: unknown, or libcurl is older than 7.73.0. */
int gocurl_option_type(int32_t id);

/* The row that follows prev in libcurl's table, or its first; NULL: no more. And two ways to find one. */
const struct curl_easyoption *gocurl_option_next(const struct curl_easyoption *prev);
const struct curl_easyoption *gocurl_option_by_name(const char *name);
const struct curl_easyoption *gocurl_option_by_id(int32_t id);

#endif
