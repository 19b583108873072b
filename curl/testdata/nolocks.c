/* A libcurl whose shares never get locks: a real one behind it, which is not told of them. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>

enum { LOCKFUNC = 3, UNLOCKFUNC = 4 };

int curl_share_setopt(void *share, int option, ...)
{
	va_list args;
	void *p;

	if (option == LOCKFUNC || option == UNLOCKFUNC)
		return 0;
	va_start(args, option);
	p = va_arg(args, void *); /* what is an int in the caller is one in p as well, on all machines that this is for */
	va_end(args);
	return ((int (*)(void *, int, ...))dlsym(RTLD_NEXT, "curl_share_setopt"))(share, option, p);
}
