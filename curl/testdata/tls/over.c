/* A stand-in for a libcurl with another TLS library: a real libcurl with OpenSSL behind it, which calls itself by the name
 * in TLS, refers to that library's function ANCHOR, and goes through it (standin_enter) on the way to OpenSSL. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

struct version { /* how curl_version_info_data begins */
	int age;
	const char *version;
	unsigned num;
	const char *host;
	int features;
	const char *ssl;
};

void standin_enter(void);
void standin_leave(void);
void ANCHOR(void);
void (*refers_to)(void) = ANCHOR;

const char *curl_version(void)
{
	static char text[1024];
	const char *real = ((const char *(*)(void))dlsym(RTLD_NEXT, "curl_version"))();

	snprintf(text, sizeof text, "%.*s %s", (int)strcspn(real, " "), real, TLS);
	return text;
}

struct version *curl_version_info(int age)
{
	struct version *v = ((struct version *(*)(int))dlsym(RTLD_NEXT, "curl_version_info"))(age);

	v->ssl = TLS; /* libcurl writes it anew in each call */
	return v;
}

static __thread int depth; /* OpenSSL calls itself, through here */

#define THROUGH(name, parameters, ...)                                       \
	int name parameters                                                  \
	{                                                                    \
		static int (*real) parameters;                               \
		int r;                                                       \
		if (!real)                                                   \
			real = (int (*) parameters)dlsym(RTLD_NEXT, #name);  \
		if (depth++ == 0)                                            \
			standin_enter();                                     \
		r = real(__VA_ARGS__);                                       \
		if (--depth == 0)                                            \
			standin_leave();                                     \
		return r;                                                    \
	}

THROUGH(SSL_read, (void *s, void *p, int n), s, p, n)
THROUGH(SSL_write, (void *s, const void *p, int n), s, p, n)
THROUGH(SSL_connect, (void *s), s)
THROUGH(SSL_do_handshake, (void *s), s)
