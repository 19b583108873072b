/* A stand-in for a browser-impersonating libcurl: a real one with a function and two options more. The function and the
 * options put a header line's worth of text into the request, where a test can see it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct option {
	const char *name;
	int id;
	int type;
	unsigned flags;
};

enum { USERAGENT = 10018, REFERER = 10016, LONG = 0, STRING = 4, BROWSER = 10999, LEVEL = 998 };

static const struct option extra[] = { { "BROWSER", BROWSER, STRING, 0 }, { "BROWSER_LEVEL", LEVEL, LONG, 0 } };

#define NEXT(result, name, ...) ((result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))

const char *curl_version(void)
{
	return NEXT(const char *, "curl_version", void)();
}

int curl_easy_setopt(void *easy, int id, ...)
{
	char text[32];
	va_list args;
	void *p;

	va_start(args, id);
	if (id < 10000 || id >= 30000 && id < 40000) {
		long long n = id < 10000 ? va_arg(args, long) : va_arg(args, long long);

		va_end(args);
		if (id >= 30000)
			return NEXT(int, "curl_easy_setopt", void *, int, ...)(easy, id, n);
		if (id != LEVEL)
			return NEXT(int, "curl_easy_setopt", void *, int, ...)(easy, id, (long)n);
		snprintf(text, sizeof text, "level-%lld", n);
		return NEXT(int, "curl_easy_setopt", void *, int, ...)(easy, REFERER, text);
	}
	p = va_arg(args, void *);
	va_end(args);
	return NEXT(int, "curl_easy_setopt", void *, int, ...)(easy, id == BROWSER ? USERAGENT : id, p);
}

const struct option *curl_easy_option_by_name(const char *name)
{
	for (int i = 0; i < 2; i++)
		if (!strcmp(extra[i].name, name))
			return &extra[i];
	return NEXT(const struct option *, "curl_easy_option_by_name", const char *)(name);
}

const struct option *curl_easy_option_by_id(int id)
{
	for (int i = 0; i < 2; i++)
		if (extra[i].id == id)
			return &extra[i];
	return NEXT(const struct option *, "curl_easy_option_by_id", int)(id);
}

int curl_easy_impersonate(void *easy, const char *target, int default_headers)
{
	char text[64];

	if (strncmp(target, "browser", 7))
		return 43;
	snprintf(text, sizeof text, "%s/%d", target, default_headers);
	return curl_easy_setopt(easy, BROWSER, text);
}
