/* Small requests on 100 connections at once: one multi handle, one thread. */
#include "peer.h"

enum { CONNECTIONS = 100 };

static size_t count(char *p, size_t size, size_t n, void *total)
{
	(void)p;
	*(int64_t *)total += (int64_t)(size * n);
	return size * n;
}

static CURLM *multi;
static CURL *easy[CONNECTIONS];
static int64_t total;

static void make(void)
{
	char url[256];

	snprintf(url, sizeof url, "%s/64", base);
	multi = lib.multi_init();
	for (int i = 0; i < CONNECTIONS; i++) {
		CURL *e = easy[i] = lib.easy_init();

		OK(lib.easy_setopt(e, CURLOPT_URL, url));
		OK(lib.easy_setopt(e, CURLOPT_WRITEFUNCTION, count));
		OK(lib.easy_setopt(e, CURLOPT_WRITEDATA, &total));
		OK(lib.easy_setopt(e, CURLOPT_NOSIGNAL, 1L));
	}
}

/* Takes finished transfers and starts them again while there are some left to start. */
static long collect(long *to_start)
{
	long done = 0;
	CURLMsg *m;
	int queued;

	while ((m = lib.multi_info_read(multi, &queued))) {
		CURL *e = m->easy_handle;

		OK(m->data.result);
		OK(lib.multi_remove_handle(multi, e));
		done++;
		if (*to_start > 0) {
			--*to_start;
			OK(lib.multi_add_handle(multi, e));
		}
	}
	return done;
}

void many(long n)
{
	long to_start = n, done = 0;
	int running;

	if (!multi)
		make();
	total = 0;
	for (int i = 0; i < CONNECTIONS && to_start; i++, to_start--)
		OK(lib.multi_add_handle(multi, easy[i]));
	while (done < n) {
		OK(lib.multi_perform(multi, &running));
		done += collect(&to_start);
		if (done < n)
			OK(lib.multi_wait(multi, NULL, 0, 1000, NULL));
	}
	if (total != n * 64)
		fail("bytes are missing", (int)(n * 64 - total));
}
