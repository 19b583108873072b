#include "empty.h"
#include "inside.h"
#include "_cgo_export.h"

#include <dlfcn.h>
#include <stddef.h>
#include <time.h>

enum {
	USERAGENT = 10018, URL = 10002, WRITEFUNCTION = 20011, BUFFERSIZE = 98, NOSIGNAL = 99
};

static void *(*easy_init)(void);
static void (*easy_cleanup)(void *);
int (*easy_setopt)(void *, int, ...);
int (*easy_getinfo)(void *, int, ...);
void *(*multi_init)(void);
int (*multi_setopt)(void *, int, ...);
int (*multi_add_handle)(void *, void *);
int (*multi_remove_handle)(void *, void *);
int (*multi_perform)(void *, int *);
int (*multi_poll)(void *, void *, unsigned, int, int *);
int (*multi_wakeup)(void *);
struct message *(*multi_info_read)(void *, int *);

static void *multi;
static int busy; /* the transfer is under way */

const char *empty_load(const char *path)
{
	void *so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	int (*global_init)(long);

	if (!so)
		return dlerror();
	*(void **)&global_init = dlsym(so, "curl_global_init");
	*(void **)&easy_init = dlsym(so, "curl_easy_init");
	*(void **)&easy_setopt = dlsym(so, "curl_easy_setopt");
	*(void **)&easy_getinfo = dlsym(so, "curl_easy_getinfo");
	*(void **)&multi_setopt = dlsym(so, "curl_multi_setopt");
	*(void **)&multi_wakeup = dlsym(so, "curl_multi_wakeup");
	*(void **)&easy_cleanup = dlsym(so, "curl_easy_cleanup");
	*(void **)&multi_init = dlsym(so, "curl_multi_init");
	*(void **)&multi_add_handle = dlsym(so, "curl_multi_add_handle");
	*(void **)&multi_remove_handle = dlsym(so, "curl_multi_remove_handle");
	*(void **)&multi_perform = dlsym(so, "curl_multi_perform");
	*(void **)&multi_poll = dlsym(so, dlsym(so, "curl_multi_poll") ? "curl_multi_poll" : "curl_multi_wait");
	*(void **)&multi_info_read = dlsym(so, "curl_multi_info_read");
	if (!global_init || !easy_init || !easy_setopt || !easy_cleanup || !multi_info_read || !multi_wakeup)
		return "this is no libcurl";
	if (global_init(3))
		return "curl_global_init failed";
	multi = multi_init();
	return NULL;
}

static size_t take(char *p, size_t size, size_t n, void *data)
{
	(void)data;
	return goTake(p, size * n);
}

uintptr_t empty_handle(const char *url, long buffer)
{
	void *e = easy_init();

	easy_setopt(e, URL, url);
	easy_setopt(e, WRITEFUNCTION, take);
	easy_setopt(e, NOSIGNAL, 1L);
	if (buffer)
		easy_setopt(e, BUFFERSIZE, buffer);
	return (uintptr_t)e;
}

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int empty_perform(uintptr_t e)
{
	int64_t end = now() + 5000;
	int running, left, ready;

	if (!busy)
		multi_add_handle(multi, (void *)e);
	for (busy = 1;;) {
		struct message *m;

		multi_perform(multi, &running);
		if (!running && (m = multi_info_read(multi, &left))) {
			int result = m->data.result;

			multi_remove_handle(multi, (void *)e);
			busy = 0;
			return result;
		}
		if (now() >= end)
			return -1;
		multi_poll(multi, NULL, 0, 1000, &ready);
	}
}

int empty_set(uintptr_t e, const struct number *o, int n)
{
	int rc = 0;

	for (int i = 0; i < n && !rc; i++)
		rc = easy_setopt((void *)e, o[i].id, o[i].n);
	return rc;
}

uintptr_t empty_new(const char *url, const char *agent, const struct number *o, int n)
{
	void *e = easy_init();

	easy_setopt(e, URL, url);
	easy_setopt(e, USERAGENT, agent);
	easy_setopt(e, WRITEFUNCTION, take);
	return empty_set((uintptr_t)e, o, n) ? 0 : (uintptr_t)e;
}

void empty_close(uintptr_t e)
{
	easy_cleanup((void *)e);
}
