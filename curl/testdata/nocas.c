/* A stand-in for a libcurl that was built without knowing where certificates are: a real one that forgets it. TLS is what
 * it calls its TLS library. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

struct version { /* of 7.70.0, the first with the two at the end */
	int age; const char *version; unsigned num; const char *host; int features; const char *ssl; long sslnum;
	const char *libz; const char *const *protocols; const char *ares; int aresnum; const char *idn; int iconv;
	const char *ssh; unsigned brotlinum; const char *brotli; unsigned nghttp2num; const char *nghttp2; const char *quic;
	const char *cainfo, *capath;
};

enum { CAINFO = 10065, CAPATH = 10097, PROXY_CAINFO = 10246, PROXY_CAPATH = 10247 };

#define NEXT(result, name, ...) ((result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))

static void forget(void *easy)
{
	static const int options[] = { CAINFO, CAPATH, PROXY_CAINFO, PROXY_CAPATH };

	for (int i = 0; i < 4; i++)
		NEXT(int, "curl_easy_setopt", void *, int, ...)(easy, options[i], (char *)0);
}

const char *curl_version(void)
{
	static char text[256];

	snprintf(text, sizeof text, "%.*s %s", (int)strcspn(NEXT(const char *, "curl_version", void)(), " "), NEXT(const char *, "curl_version", void)(), TLS);
	return text;
}

struct version *curl_version_info(int age)
{
	struct version *v = NEXT(struct version *, "curl_version_info", int)(age);

	v->cainfo = v->capath = 0;
	v->ssl = TLS;
	return v;
}

void *curl_easy_init(void)
{
	void *easy = NEXT(void *, "curl_easy_init", void)();

	forget(easy);
	return easy;
}

void curl_easy_reset(void *easy)
{
	NEXT(void, "curl_easy_reset", void *)(easy);
	forget(easy);
}
