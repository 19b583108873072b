//go:build !windows && !gocurl_link && !gocurl_pkgconfig

#include "load.h"

#include <dlfcn.h>

static void *library;

/* NOW, so that a library whose own dependencies are broken is refused here and not in the middle of a transfer. LOCAL,
 * so that neither libcurl's names nor its TLS library's get in the way of another copy in the process. */
int gocurl_load_open(const char *name, char *why, size_t size)
{
	char *row = (char *)&gocurl_fn;
	size_t i;

	library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	if (!library) {
		const char *text = dlerror();

		snprintf(why, size, "%s", text ? text : "dlopen failed");
		return -1;
	}
	for (i = 0; i < GOCURL_TABLE_SIZE; i++, row += sizeof(void *)) {
		void *function = dlsym(library, gocurl_names[i]);

		memcpy(row, &function, sizeof function);
	}
	return 0;
}

void gocurl_load_close(void)
{
	memset(&gocurl_fn, 0, sizeof gocurl_fn);
	dlclose(library);
	library = NULL;
}
