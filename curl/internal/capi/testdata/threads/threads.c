/* The parts of this package that several threads run at once, without libcurl and without Go: the locks of a share, the
 * messages that wait for them, confinement, the lock around all of libcurl and the frame list. Built with clang's ThreadSanitizer by threads_test.go.
 *
 * What libcurl shares is a plain counter for each kind here, so that a lock that does not lock is a data race. With
 * -DBROKEN one does not, to see that it would be found. */
#include "cell.h"
#include "confine.h"
#include "exclusive.h"
#include "late.h"
#include "share.h"

#include <pthread.h>

enum { THREADS = 16, ROUNDS = 3000, KINDS = 8 };

static struct gocurl_share *share, *confined;
static long counter[KINDS], inside, delivered[THREADS];
static long alone; /* what only one thread may touch at a time when the TLS library has no locks */
static int exclusive, rounds = ROUNDS;
#ifdef BROKEN
static pthread_barrier_t before, after;
#endif

static void check(int ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "not so: %s\n", what);
		exit(1);
	}
}

/* ---- what libcurl, Go and the rest of the package would be */

struct gocurl_table gocurl_fn;

static CURLSH *fake_init(void) { return malloc(1); }
static CURLSHcode fake_cleanup(CURLSH *sh) { free(sh); return CURLSHE_OK; }
static CURLSHcode fake_setopt(CURLSH *sh, CURLSHoption o, ...) { (void)sh, (void)o; return CURLSHE_OK; }
void gocurl_locale_abandon(void) {}
uintptr_t gocurl_cell_listener(struct gocurl_cell *c) { return c->key; }
size_t gocurlGoHeader(uintptr_t key, void *p, size_t size, size_t n) { (void)key, (void)p; return size * n; }
int gocurlGoClosesocket(uintptr_t key, intptr_t fd) { (void)key, (void)fd; return 0; }

static void work(int kind)
{
	gocurl_share_lock(NULL, (curl_lock_data)kind, CURL_LOCK_ACCESS_SINGLE, share);
	counter[kind]++;
	gocurl_share_unlock(NULL, (curl_lock_data)kind, share);
}

static _Thread_local struct gocurl_cell *mine, *other;

/* A user's function: with no lock in hand it uses another handle of the same shares. */
int gocurlGoDebug(uintptr_t key, int kind, void *p, size_t n)
{
	struct gocurl_share *in;
	struct gocurl_frame f;

	check(n == 5 && !memcmp(p, "hello", 5), "the message is whole");
	check(key == mine->key, "it is this thread's");
	check(!gocurl_share_held(), "a callback has no lock");
	check(gocurl_frame_situation((uintptr_t)mine, 0) == GOCURL_OWN, "it stands in its own callback");
	check(gocurl_frame_situation((uintptr_t)other, 0) == GOCURL_FOREIGN, "and for others in a foreign one");
	delivered[key]++;
	work(kind);
	in = gocurl_confine_enter(confined);
	check(in != NULL, "a callback has let go of the share");
	inside++;
	alone += exclusive;
	gocurl_frame_push(&f, other);
	check(gocurl_frame_situation((uintptr_t)other, 0) == GOCURL_OWN, "callbacks nest");
	gocurl_frame_pop(&f);
	gocurl_confine_leave(in);
	return 0;
}

/* ---- the threads */

static void *run(void *number)
{
	struct gocurl_share *in;

	mine = calloc(1, sizeof *mine);
	other = calloc(1, sizeof *other);
	mine->key = (uintptr_t)number;
#ifdef BROKEN
	/* Nothing orders these; and nobody goes on before all have done it: what the sanitizer knows of another thread it
	 * forgets after some more calls of that thread, and then reports nothing. */
	pthread_barrier_wait(&before);
	counter[0]++;
	pthread_barrier_wait(&after);
#endif
	for (int i = 0; i < rounds; i++) {
		int kind = 1 + (i + (int)mine->key) % (KINDS - 2);

		in = gocurl_confine_enter(confined);
		check(gocurl_confine_enter(confined) == NULL, "a thread that is inside stays inside");
		gocurl_confine_leave(NULL);
		inside++;
		alone += exclusive;
		gocurl_share_lock(NULL, (curl_lock_data)kind, CURL_LOCK_ACCESS_SINGLE, share);
		counter[kind]++;
		gocurl_late_Debug(mine, (curl_infotype)kind, "hello", 5);
		gocurl_late_Debug(mine, (curl_infotype)kind, "hello", 5);
		check(delivered[mine->key] == 2L * i, "nothing is delivered under a lock");
		work(KINDS - 1); /* locks nest */
		gocurl_share_unlock(NULL, (curl_lock_data)kind, share);
		check(delivered[mine->key] == 2L * i, "nor inside a confined share");
		gocurl_confine_leave(in);
		check(delivered[mine->key] == 2L * (i + 1), "all is delivered when the thread has left");
		if (exclusive) {
			in = gocurl_confine_enter(NULL);
			check(in == NULL, "no share, no confinement");
			alone++;
			gocurl_confine_leave(in);
		}
	}
	check(gocurl_frame_situation((uintptr_t)mine, 0) == GOCURL_OUTSIDE, "no frame is left");
	free(mine);
	free(other);
	return NULL;
}

static void crowd(void)
{
	pthread_t t[THREADS];
	long sum = 0;

	memset(delivered, 0, sizeof delivered);
	memset(counter, 0, sizeof counter);
	inside = 0;
	for (intptr_t i = 0; i < THREADS; i++)
		pthread_create(&t[i], NULL, run, (void *)i);
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	for (int i = 1; i < KINDS; i++)
		sum += counter[i];
	check(sum == 4L * THREADS * rounds, "every change of what is shared has happened");
	check(inside == 3L * THREADS * rounds, "and every one of what is confined");
}

int main(void)
{

	gocurl_fn.share_init = fake_init;
	gocurl_fn.share_cleanup = fake_cleanup;
	gocurl_fn.share_setopt = fake_setopt;
	share = gocurl_share_new(0);
	confined = gocurl_share_new(1);
#ifdef BROKEN
	pthread_barrier_init(&before, NULL, THREADS);
	pthread_barrier_init(&after, NULL, THREADS);
#endif
	crowd();
	gocurl_exclusive_need();
	exclusive = 1;
	rounds = ROUNDS / 10; /* each is a switch of threads */
	crowd();
	check(alone == 4L * THREADS * rounds, "and every one of what only one thread may touch");
	check(!gocurl_frames_under_lock(), "no callback began under a lock");
	check(!gocurl_share_free(share) && !gocurl_share_free(confined), "the shares end");
	puts("ok");
	return 0;
}
