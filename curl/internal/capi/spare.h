/* The memory functions that libcurl gets, where they help: larger blocks that it frees wait for the next transfer. */
#ifndef GOCURL_SPARE_H
#define GOCURL_SPARE_H

#include "decl.h"

/* curl_global_init with everything, or curl_global_init_mem. A CURLcode. */
CURLcode gocurl_spare_init(void);
/* There is a handle more (1) or less (-1) in the process. At any time, on any thread. */
void gocurl_spare_handles(int more);

#endif
