/* Transfers that mostly wait: a thousand that trickle, or one beside thousands that never end. */
#include "loop.h"

enum { TRICKLES = 1000, IDLE = 4000 };

/* A thousand bodies of n bytes. */
static void trickle(struct loop *l, enum form form, long n)
{
	static CURL *easy[TRICKLES];
	static int64_t total;
	int running = TRICKLES;
	char url[256];

	if (!l->multi) {
		loop_start(l, form, TRICKLES);
		for (int i = 0; i < TRICKLES; i++)
			easy[i] = handle(base, "", &total);
	}
	snprintf(url, sizeof url, "%s/trickle/%ld", base, n);
	total = 0;
	for (int i = 0; i < TRICKLES; i++) {
		OK(lib.easy_setopt(easy[i], CURLOPT_URL, url));
		OK(lib.multi_add_handle(l->multi, easy[i]));
	}
	while (running) {
		loop_turn(l);
		while (loop_done(l))
			running--;
	}
	if (total != n * TRICKLES)
		fail("bytes are missing", (int)(n * TRICKLES - total));
}

void trickle_perform(long n)
{
	static struct loop l;

	trickle(&l, PERFORM, n);
}

void trickle_socket(long n)
{
	static struct loop l;

	trickle(&l, SOCKET, n);
}

/* One transfer after the other, beside idle ones that are under way from the first round on. */
static void beside(struct loop *l, enum form form, int idle, long n)
{
	static CURL *e;
	static int64_t total, begun;

	if (!l->multi) {
		loop_start(l, form, idle + 1);
		e = handle(base, "/64", &total);
		for (int i = 0; i < idle; i++)
			OK(lib.multi_add_handle(l->multi, handle(base, "/idle", &begun)));
		while (begun < idle) /* the first of the two bytes of each */
			loop_turn(l);
	}
	total = 0;
	for (long i = 0; i < n; i++) {
		OK(lib.multi_add_handle(l->multi, e));
		do
			loop_turn(l);
		while (!loop_done(l));
	}
	if (total != n * 64)
		fail("bytes are missing", (int)(n * 64 - total));
}

void alone_perform(long n)
{
	static struct loop l;

	beside(&l, PERFORM, 0, n);
}

void alone_socket(long n)
{
	static struct loop l;

	beside(&l, SOCKET, 0, n);
}

void beside_perform(long n)
{
	static struct loop l;

	beside(&l, PERFORM, IDLE, n);
}

void beside_socket(long n)
{
	static struct loop l;

	beside(&l, SOCKET, IDLE, n);
}
