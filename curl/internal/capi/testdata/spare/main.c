/* The memory functions of spare.c, without libcurl: what they give is what malloc and the others would, and what one thread has
 * freed serves another. Built by spare_test.go. */
#include "spare.h"

#ifdef __GLIBC__

#include <malloc.h>
#include <pthread.h>

#if !__GLIBC_PREREQ(2, 33)
#undef COUNTED /* it has no mallinfo2 */
#endif

enum { BLOCKS = 1000, BUFFER = 16385, THREADS = 8, ROUNDS = 20000 };

struct gocurl_table gocurl_fn;

static curl_malloc_callback get;
static curl_free_callback let_go;
static curl_realloc_callback grow;
static curl_strdup_callback copy;
static curl_calloc_callback get_zeros;

static void check(int ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "not so: %s\n", what);
		exit(1);
	}
}

static CURLcode fake_init_mem(long flags, curl_malloc_callback m, curl_free_callback f, curl_realloc_callback r,
                              curl_strdup_callback s, curl_calloc_callback c)
{
	check(flags == CURL_GLOBAL_ALL, "everything is initialised");
	get = m, let_go = f, grow = r, copy = s, get_zeros = c;
	return CURLE_OK;
}

static void fill(unsigned char *p, size_t n, int with)
{
	memset(p, with, n);
}

static int filled(const unsigned char *p, size_t n, int with)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != with)
			return 0;
	return 1;
}

static void sizes(void)
{
	static const size_t all[] = { 1, 100, 4095, 4096, 4097, 12287, 12288, 12289, 13312, 13313, 16384, 16385, 18432, 18433, 65536, 65537,
		                      73727, 73728, 73729, 1 << 17, 1 << 21 };

	for (int again = 0; again < 3; again++)
		for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
			size_t n = all[i];
			unsigned char *p = get(n), *q;

			check(p && malloc_usable_size(p) >= n, "a block is large enough");
			fill(p, n, 1);
			let_go(p);
			q = get_zeros(1, n);
			check(q && filled(q, n, 0), "a block is empty that is to be");
			fill(q, n, 2);
			q = grow(q, n + n / 3);
			check(q && filled(q, n, 2), "a block that grows keeps its content");
			fill(q, n + n / 3, 3);
			let_go(q);
			p = get_zeros(n, 3);
			check(p && filled(p, 3 * n, 0), "so are several");
			let_go(p);
		}
	let_go(NULL);
	let_go(malloc(BUFFER)); /* from before, and of others */
	free(get(BUFFER));
	free(get_zeros(1, BUFFER));
	let_go(grow(NULL, BUFFER));

	char *text = copy("text");

	check(text && !strcmp(text, "text"), "a text is copied");
	let_go(text);
}

/* ---- buffers that one thread has freed are there for another, whose heap would not have them */

static unsigned char *first[BLOCKS], *second[BLOCKS];

static void *round_of(void *blocks)
{
	unsigned char **b = blocks;

	for (int i = 0; i < BLOCKS; i++) {
		check((b[i] = get(BUFFER)) != NULL, "there is memory");
		fill(b[i], BUFFER, 1);
	}
	for (int i = 0; i < BLOCKS; i++)
		let_go(b[i]);
	return NULL;
}

static void *elsewhere(void *(*f)(void *), void *p)
{
	pthread_t t;

	check(!pthread_create(&t, NULL, f, p), "there is a thread");
	pthread_join(t, NULL);
	return NULL;
}

static int by_address(const void *a, const void *b)
{
	uintptr_t p = *(const uintptr_t *)a, q = *(const uintptr_t *)b;

	return (p > q) - (p < q);
}

static void threads_share(void)
{
	for (int i = 0; i < BLOCKS; i++)
		gocurl_spare_handles(1);
	elsewhere(round_of, first);
	elsewhere(round_of, second);
	qsort(first, BLOCKS, sizeof *first, by_address);
	qsort(second, BLOCKS, sizeof *second, by_address);
	check(!memcmp(first, second, sizeof first), "the second thread has the buffers of the first");
	for (int i = 0; i < BLOCKS; i++)
		gocurl_spare_handles(-1);
}

#ifdef COUNTED
/* Bytes in use, in the heap of this thread. */
static size_t used(void) { return mallinfo2().uordblks + mallinfo2().hblkhd; }

static void handles_go(void)
{
	size_t before = used();

	for (int i = 0; i < BLOCKS; i++)
		gocurl_spare_handles(1);
	round_of(first);
	check(used() - before > BLOCKS / 2 * (size_t)BUFFER, "buffers are kept while there are handles");
	for (int i = 0; i < BLOCKS; i++)
		gocurl_spare_handles(-1);
	check(used() - before < 200 * (size_t)BUFFER, "and go with them");
}
#endif

/* ---- all at once */

static void *crowd(void *number)
{
	unsigned char *mine[16] = { 0 };
	size_t n[16] = { 0 };
	unsigned seed = (unsigned)(uintptr_t)number;
	int with = (int)(uintptr_t)number;

	for (int i = 0; i < ROUNDS; i++) {
		int at = rand_r(&seed) % 16;

		if (mine[at]) {
			check(mine[at][0] == with && mine[at][n[at] - 1] == with, "nobody else has the block");
			let_go(mine[at]);
			mine[at] = NULL;
		} else {
			n[at] = 1 + (size_t)rand_r(&seed) % 20000;
			mine[at] = rand_r(&seed) % 2 ? get(n[at]) : get_zeros(1, n[at]);
			check(mine[at] != NULL, "there is memory");
			fill(mine[at], n[at], with);
		}
		if (i % 50 == 0)
			gocurl_spare_handles(i % 100 ? -1 : 1);
	}
	for (int i = 0; i < 16; i++)
		let_go(mine[i]);
	return NULL;
}

int main(void)
{
	pthread_t t[THREADS];

	gocurl_fn.global_init_mem = fake_init_mem;
	check(gocurl_spare_init() == CURLE_OK, "libcurl is initialised");
#ifdef COUNTED
	handles_go();
#endif
	sizes();
	threads_share();
	for (uintptr_t i = 0; i < THREADS; i++)
		check(!pthread_create(&t[i], NULL, crowd, (void *)(i + 1)), "there is a thread");
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	puts("ok");
	return 0;
}

#else

int main(void)
{
	puts("no glibc");
	return 0;
}

#endif
