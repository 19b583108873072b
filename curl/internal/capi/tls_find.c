#include "load.h"
#include "tls_find.h"
#include "tls_bound.h"

#ifdef _WIN32

/* Libraries cannot be asked for what they have bound; whoever wants to know gets no answer. */
struct gocurl_tls_home gocurl_tls_home(const char *anchor)
{
	struct gocurl_tls_home none = { 0 };

	(void)anchor;
	return none;
}
gocurl_any gocurl_tls_function(const struct gocurl_tls_home *home, const char *name)
{
	(void)home, (void)name;
	return NULL;
}
const void *gocurl_tls_variable(const struct gocurl_tls_home *home, const char *name)
{
	(void)home, (void)name;
	return NULL;
}
gocurl_any gocurl_tls_anywhere(const char *name)
{
	(void)name;
	return NULL;
}

#else

#include <dlfcn.h>

/* The library that an address is in. It is never closed: what we install in it has to stay. */
static void *library_at(const void *address, Dl_info *at)
{
	void *h;

	if (!dladdr(address, at) || !at->dli_fname)
		return NULL;
	h = dlopen(at->dli_fname, RTLD_LAZY | RTLD_NOLOAD);
	return h ? h : dlopen(NULL, RTLD_LAZY); /* the program itself, which has no name to be opened by */
}

struct gocurl_tls_home gocurl_tls_home(const char *anchor)
{
	struct gocurl_tls_home home = { 0 };
	Dl_info own = { 0 }, at;
	void *libcurl = library_at((void *)gocurl_fn.version, &own);
	void *bound = libcurl ? gocurl_tls_bound(libcurl, anchor) : NULL;

	if (bound && dladdr(bound, &at) && at.dli_fbase != own.dli_fbase) {
		home.library = library_at(bound, &at);
		snprintf(home.file, sizeof home.file, "%s", at.dli_fname);
	} else {
		home.library = libcurl;
		home.base = own.dli_fbase;
	}
	return home;
}

static void *lookup(const struct gocurl_tls_home *home, const char *name)
{
	void *p = home->library ? dlsym(home->library, name) : NULL;
	Dl_info at;

	/* Another library that libcurl needs may have brought a TLS library of its own. */
	if (p && home->base && (!dladdr(p, &at) || at.dli_fbase != home->base))
		return NULL;
	return p;
}

gocurl_any gocurl_tls_function(const struct gocurl_tls_home *home, const char *name)
{
	void *p = lookup(home, name);
	gocurl_any f;

	memcpy(&f, &p, sizeof f);
	return f;
}

const void *gocurl_tls_variable(const struct gocurl_tls_home *home, const char *name)
{
	return lookup(home, name);
}

gocurl_any gocurl_tls_anywhere(const char *name)
{
	Dl_info own = { 0 };
	struct gocurl_tls_home all = { .library = library_at((void *)gocurl_fn.version, &own) };

	return gocurl_tls_function(&all, name);
}

#endif
