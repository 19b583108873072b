/* A stand-in for a libcurl whose global initialisation does not lock itself: it ends the process when it is entered twice. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>

struct version { int age; const char *version; unsigned num; const char *host; int features; };

#define NEXT(result, name, ...) ((result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))

const char *curl_version(void)
{
	return NEXT(const char *, "curl_version", void)();
}

struct version *curl_version_info(int age)
{
	struct version *v = NEXT(struct version *, "curl_version_info", int)(age);

	v->features &= ~(1 << 30);
	return v;
}

static void enter(void)
{
	static int entered;

	if (__atomic_fetch_add(&entered, 1, __ATOMIC_SEQ_CST))
		_exit(7);
	usleep(20000); /* for another one to come */
}

int curl_global_init(long flags)
{
	enter();
	return NEXT(int, "curl_global_init", long)(flags);
}

int curl_global_init_mem(long flags, void *m, void *f, void *r, void *s, void *c)
{
	enter();
	return NEXT(int, "curl_global_init_mem", long, void *, void *, void *, void *, void *)(flags, m, f, r, s, c);
}
