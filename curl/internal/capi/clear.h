/* Putting defaults back, where that takes more than a NULL: options that libcurl ties to others. */
#ifndef GOCURL_CLEAR_H
#define GOCURL_CLEAR_H

#include "cell.h"

CURLcode gocurl_clear_string(struct gocurl_cell *c, int32_t id);
void gocurl_clear_state(struct gocurl_cell *c); /* what curl_easy_reset forgets to reset; before it */

#endif
