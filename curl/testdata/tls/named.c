/* A stand-in for a libcurl with one or two TLS libraries that no build here has: a real libcurl, which says that it has
 * those, and keeps to libcurl's rules about the choice between them. FIRST is what is in use unless the other is chosen;
 * libraries are numbers, names and version texts. */
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

struct backend {
	int id;
	const char *name;
};

static const struct {
	struct backend b;
	const char *text;
} has[] = { LIBRARIES };

enum { COUNT = sizeof has / sizeof *has };

static int chosen, initialised;

static const char *ssl(void)
{
	static char text[200];
	size_t n = 0;

	for (int i = 0; i < COUNT; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, i == chosen ? "%s%s" : "%s(%s)", i ? " " : "", has[i].text);
	return text;
}

const char *curl_version(void)
{
	static char text[1024];
	const char *real = ((const char *(*)(void))dlsym(RTLD_NEXT, "curl_version"))();

	snprintf(text, sizeof text, "%.*s %s", (int)strcspn(real, " "), real, ssl());
	return text;
}

struct version *curl_version_info(int age)
{
	struct version *v = ((struct version *(*)(int))dlsym(RTLD_NEXT, "curl_version_info"))(age);

	v->ssl = ssl();
	return v;
}

int curl_global_init(long flags)
{
	initialised = 1;
	return ((int (*)(long))dlsym(RTLD_NEXT, "curl_global_init"))(flags);
}

int curl_global_init_mem(long flags, void *m, void *f, void *r, void *s, void *c)
{
	initialised = 1;
	return ((int (*)(long, void *, void *, void *, void *, void *))dlsym(RTLD_NEXT, "curl_global_init_mem"))(flags, m, f, r, s, c);
}

int curl_global_sslset(int id, const char *name, const struct backend ***list)
{
	static const struct backend *all[COUNT + 1];

	for (int i = 0; i < COUNT; i++)
		all[i] = &has[i].b;
	if (list)
		*list = all;
	for (int i = 0; i < COUNT; i++) {
		if (has[i].b.id != id && (!name || strcmp(has[i].b.name, name)))
			continue;
		if (initialised)
			return i == chosen ? 0 : 2; /* CURLSSLSET_TOO_LATE */
		chosen = i;
		return 0;
	}
	return 1; /* CURLSSLSET_UNKNOWN_BACKEND */
}
