/* Small requests, 100 at once: one multi handle, one thread. */
#include "loop.h"

enum { AT_ONCE = 100 };

struct crowd {
	struct loop loop;
	CURL *easy[AT_ONCE];
	int64_t total;
	long connects; /* connections made so far */
};

static void make(struct crowd *c, enum form form, const char *from)
{
	loop_start(&c->loop, form, AT_ONCE);
	for (int i = 0; i < AT_ONCE; i++)
		c->easy[i] = handle(from, "/64", &c->total);
}

/* Keeps all handles busy while there are transfers left to start. */
static void run(struct crowd *c, long n)
{
	long to_start = n, done = 0, connects;
	CURL *e;

	c->total = 0;
	for (int i = 0; i < AT_ONCE && to_start; i++, to_start--)
		OK(lib.multi_add_handle(c->loop.multi, c->easy[i]));
	while (done < n) {
		loop_turn(&c->loop);
		while ((e = loop_done(&c->loop))) {
			OK(lib.easy_getinfo(e, CURLINFO_NUM_CONNECTS, &connects));
			c->connects += connects;
			done++;
			if (to_start > 0) {
				to_start--;
				OK(lib.multi_add_handle(c->loop.multi, e));
			}
		}
	}
	if (c->total != n * 64)
		fail("bytes are missing", (int)(n * 64 - c->total));
}

static void many(struct crowd *c, enum form form, long n)
{
	if (!c->loop.multi)
		make(c, form, base);
	run(c, n);
	if (c->connects > AT_ONCE)
		fail("connections were not used again", (int)c->connects);
}

void many_perform(long n)
{
	static struct crowd c;

	many(&c, PERFORM, n);
}

void many_socket(long n)
{
	static struct crowd c;

	many(&c, SOCKET, n);
}

/* All of them are streams of one HTTP/2 connection. */
static void many_h2(struct crowd *c, enum form form, long n)
{
	if (!c->loop.multi) {
		make(c, form, base_h2);
		OK(lib.multi_setopt(c->loop.multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX));
		for (int i = 0; i < AT_ONCE; i++) {
			OK(lib.easy_setopt(c->easy[i], CURLOPT_SSL_VERIFYPEER, 0L));
			OK(lib.easy_setopt(c->easy[i], CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS));
			OK(lib.easy_setopt(c->easy[i], CURLOPT_PIPEWAIT, 1L));
		}
	}
	run(c, n);
	if (c->connects != 1)
		fail("not on one connection", (int)c->connects);
}

void many_h2_perform(long n)
{
	static struct crowd c;

	many_h2(&c, PERFORM, n);
}

void many_h2_socket(long n)
{
	static struct crowd c;

	many_h2(&c, SOCKET, n);
}
