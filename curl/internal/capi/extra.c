#include "extra.h"
#include "confine.h"

#ifdef _WIN32

#include <windows.h>

uintptr_t gocurl_extra_function(const char *name)
{
	HMODULE module;

	if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
				(const wchar_t *)(void *)gocurl_fn.version, &module))
		return 0;
	return (uintptr_t)GetProcAddress(module, name);
}

#else

#include <dlfcn.h>

uintptr_t gocurl_extra_function(const char *name)
{
	Dl_info own, at;
	void *library, *p;

	if (!dladdr((void *)gocurl_fn.version, &own) || !own.dli_fname)
		return 0;
	library = dlopen(own.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
	if (!library) /* libcurl is part of the program */
		library = dlopen(NULL, RTLD_LAZY);
	p = library ? dlsym(library, name) : NULL;
	if (library)
		dlclose(library);
	return p && dladdr(p, &at) && at.dli_fbase == own.dli_fbase ? (uintptr_t)p : 0;
}

#endif

/* A function that takes fewer arguments, or an int for one of these, finds what it looks for in the same places: so it is
 * on every system that libcurl is built for, as long as the function is not variadic and takes no floating point. */
struct gocurl_value gocurl_extra_call(struct gocurl_cell *c, uintptr_t function, const intptr_t *args)
{
	int (*f)(CURL *, intptr_t, intptr_t, intptr_t, intptr_t) = (int (*)(CURL *, intptr_t, intptr_t, intptr_t, intptr_t))function;
	struct gocurl_share *in = gocurl_confine_enter(c->confined);
	struct gocurl_value v = { 0 };

	c->error[0] = 0;
	v.n = f(c->easy, args[0], args[1], args[2], args[3]);
	gocurl_confine_leave(in);
	return v;
}

int32_t gocurl_option_named(const char *name)
{
	const struct curl_easyoption *o = gocurl_fn.easy_option_by_name ? gocurl_fn.easy_option_by_name(name) : NULL;

	return o ? (int32_t)o->id : 0;
}
