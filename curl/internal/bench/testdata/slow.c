/* Transfers that mostly wait: a thousand that trickle, or one beside thousands that never end. */
#include "loop.h"

enum { TRICKLES = 1000, IDLE = 4000, HOSTS = 100, LONE = 64 };

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

/* The server by other names: libcurl knows no better than that each is a host of its own. */
static const char *host(int net, int i)
{
	static char url[256];

	snprintf(url, sizeof url, "http://127.0.%d.%d%s", net, 1 + i, strrchr(base, ':'));
	return url;
}

/* One transfer after the other, beside idle ones that are under way from the first round on: on hosts of their own, or
 * all on the same host, where libcurl looks at every connection before it chooses one.
 *
 * curl_multi_remove_handle walks through all connections up to the one that the transfer had. How many come first is up
 * to a hash of port and host, so one host would find few or many, by the luck of the server's port: it takes turns with others. */
static void beside(enum form form, int idle, int same_host, long n)
{
	static struct loop l; /* a process does one form */
	static CURL *easy[LONE];
	static int64_t total, begun;
	static long next;

	if (!l.multi) {
		loop_start(&l, form, idle + LONE);
		for (int i = 0; i < LONE; i++)
			easy[i] = handle(same_host ? base : host(2, i), "/64", &total);
		for (int i = 0; i < idle; i++)
			OK(lib.multi_add_handle(l.multi, handle(same_host ? base : host(1, i % HOSTS), "/idle", &begun)));
		while (begun < idle) /* the first of the two bytes of each */
			loop_turn(&l);
	}
	total = 0;
	for (long i = 0; i < n; i++) {
		OK(lib.multi_add_handle(l.multi, easy[next++ % LONE]));
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
