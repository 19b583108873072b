/* Transfers that mostly wait: a thousand that trickle, or one beside thousands that never end. */
#include "loop.h"

enum { TRICKLES = 1000, IDLE = 4000, HOSTS = 100 };

/* A thousand bodies of n bytes. */
static void trickle(enum form form, long n)
{
	static struct loop l; /* a process does one form */
	static CURL *easy[TRICKLES];
	static int64_t total;
	int running = TRICKLES;
	char url[256];

	if (!l.multi) {
		loop_start(&l, form, TRICKLES);
		for (int i = 0; i < TRICKLES; i++)
			easy[i] = handle(base, "", &total);
	}
	snprintf(url, sizeof url, "%s/trickle/%ld", base, n);
	total = 0;
	for (int i = 0; i < TRICKLES; i++) {
		OK(lib.easy_setopt(easy[i], CURLOPT_URL, url));
		OK(lib.multi_add_handle(l.multi, easy[i]));
	}
	while (running) {
		loop_turn(&l);
		while (loop_done(&l))
			running--;
	}
	if (total != n * TRICKLES)
		fail("bytes are missing", (int)(n * TRICKLES - total));
}

void trickle_perform(long n) { trickle(PERFORM, n); }
void trickle_socket(long n) { trickle(SOCKET, n); }

/* The server by another of its names: libcurl knows no better than that each is a host of its own. */
static const char *host(int i)
{
	static char url[256];

	snprintf(url, sizeof url, "http://127.0.1.%d%s", 1 + i % HOSTS, strrchr(base, ':'));
	return url;
}

/* One transfer after the other, beside idle ones that are under way from the first round on: on hosts of their own, or
 * all on the same host, where libcurl looks at every connection before it chooses one. */
static void beside(enum form form, int idle, int same_host, long n)
{
	static struct loop l; /* a process does one form */
	static CURL *e;
	static int64_t total, begun;

	if (!l.multi) {
		loop_start(&l, form, idle + 1);
		e = handle(base, "/64", &total);
		for (int i = 0; i < idle; i++)
			OK(lib.multi_add_handle(l.multi, handle(same_host ? base : host(i), "/idle", &begun)));
		while (begun < idle) /* the first of the two bytes of each */
			loop_turn(&l);
	}
	total = 0;
	for (long i = 0; i < n; i++) {
		OK(lib.multi_add_handle(l.multi, e));
		do
			loop_turn(&l);
		while (!loop_done(&l));
	}
	if (total != n * 64)
		fail("bytes are missing", (int)(n * 64 - total));
}

void alone_perform(long n) { beside(PERFORM, 0, 0, n); }
void alone_socket(long n) { beside(SOCKET, 0, 0, n); }
void beside_perform(long n) { beside(PERFORM, IDLE, 0, n); }
void beside_socket(long n) { beside(SOCKET, IDLE, 0, n); }
void beside_same_perform(long n) { beside(PERFORM, IDLE, 1, n); }
void beside_same_socket(long n) { beside(SOCKET, IDLE, 1, n); }
