/* A debug build of libcurl that logs from its start what memory it takes and gives back, and whose end can be asked for:
 * then all that was taken has been given back, or is lost. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>

extern void curl_dbg_memdebug(const char *file), curl_easy_cleanup(void *), curl_global_cleanup(void);

__attribute__((constructor)) static void begin(void)
{
	curl_dbg_memdebug(getenv("GOCURL_TEST_MEMORY"));
}

const char *curl_version(void) /* where this is, more is looked for */
{
	return ((const char *(*)(void))dlsym(RTLD_NEXT, "curl_version"))();
}

/* Ends the process, with 42, and before that the last handle unless it is to be lost. */
int gocurl_test_end(void *easy, int lose)
{
	if (!lose)
		curl_easy_cleanup(easy);
	curl_global_cleanup();
	exit(42);
}
