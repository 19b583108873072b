/* glibc gives each thread a heap of its own, and what is freed goes back to the heap that it came from. Whoever waits
 * leads the driver of an Engine, so from one moment to the next another thread runs all of its transfers, and the buffers
 * that they had freed (16 KiB each in libcurl 7.x, which has one per transfer) are in the way in one heap and missing in the
 * other: in the end each heap has grown to the size of all. A thousand transfers at a time, again and again, had
 * 115 MiB where C has 25.
 *
 * So these blocks are kept for any thread here. They are ordinary ones of malloc's, whatever function got or frees them:
 * a block that libcurl hands out may be given to free, and none of them is lost when somebody else had initialised libcurl. */
#define _GNU_SOURCE
#include "spare.h"

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) /* which would not see that a block is used after it was freed */

#include <malloc.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>

enum {
	LEAST = 12 << 10,         /* what has less wastes little; handles have */
	MOST = (64 + 8) << 10,    /* from 128 KiB on they are pages that glibc gives back */
	SIZES = 21,               /* between them, in eighths of a power of two */
	SHELVES = 16,             /* so that threads on different processors need not wait for each other */
	ANYWAY = 8,               /* how many blocks a shelf keeps with no handle there */
	ALIGNED = 256             /* all of them are: others need not be asked for their size, which takes its time */
};

struct spare { struct spare *next; }; /* in the block itself */

static struct shelf {
	_Alignas(64) atomic_flag taken; /* tried, never waited for: malloc and free do as well */
	atomic_int n;                   /* written under taken, as is the rest */
	struct spare *first[SIZES];
} shelves[SHELVES];

/* A shelf keeps as many blocks as there are handles, which may all begin at once. */
static atomic_int handles;

static int wanted(size_t n) { return n > LEAST && n <= MOST; }

/* Rounds n, which is above LEAST and up to MOST, up to a size that blocks have, and says which it is. */
static int size_for(size_t *n)
{
	int top = 63 - __builtin_clzll(*n - 1), shift = top - 3;
	size_t eighths = (*n - 1) >> shift;

	*n = (eighths + 1) << shift;
	return (top - 13) * 8 + (int)eighths - 12;
}

/* The size that a block of n bytes serves: the next one down. -1 if it is none of these. */
static int size_of(size_t n)
{
	if (wanted(n)) {
		int shift = 60 - __builtin_clzll(n);

		n = n >> shift << shift;
	}
	return wanted(n) ? size_for(&n) : -1;
}

static int counted(struct shelf *s) { return atomic_load_explicit(&s->n, memory_order_relaxed); }

static void count(struct shelf *s, int more) { atomic_store_explicit(&s->n, counted(s) + more, memory_order_relaxed); }

static int try(struct shelf *s) { return !atomic_flag_test_and_set_explicit(&s->taken, memory_order_acquire); }

static void leave(struct shelf *s) { atomic_flag_clear_explicit(&s->taken, memory_order_release); }

static void push(struct shelf *s, int size, struct spare *b)
{
	b->next = s->first[size];
	s->first[size] = b;
	count(s, 1);
}

/* NULL: there is none of this size. */
static struct spare *pop(struct shelf *s, int size)
{
	struct spare *b = s->first[size];

	if (b) {
		s->first[size] = b->next;
		count(s, -1);
	}
	return b;
}

static struct spare *take_from(struct shelf *s, int size)
{
	struct spare *b;

	if (!try(s))
		return NULL;
	b = pop(s, size);
	leave(s);
	return b;
}

static void *take(int size)
{
	unsigned mine = (unsigned)sched_getcpu();
	void *b = NULL;

	for (unsigned i = 0; !b && i < SHELVES; i++)
		b = take_from(&shelves[(mine + i) % SHELVES], size);
	return b;
}

static int keep(void *p)
{
	int size = size_of(malloc_usable_size(p)), kept;
	struct shelf *s = &shelves[(unsigned)sched_getcpu() % SHELVES];

	if (size < 0 || !try(s))
		return 0;
	if ((kept = counted(s) < ANYWAY + atomic_load_explicit(&handles, memory_order_relaxed)))
		push(s, size, p);
	leave(s);
	return kept;
}

/* Most calls are for less, and pass through: what is for more stands apart, so that they need not save a register. */
#define APART static __attribute__((noinline))

APART void *get_wanted(size_t n)
{
	int size = size_for(&n);
	void *p = take(size);

	return p ? p : aligned_alloc(ALIGNED, n);
}

static void *get(size_t n) { return wanted(n) ? get_wanted(n) : malloc(n); }

APART void let_go_aligned(void *p)
{
	if (!keep(p))
		free(p);
}

static void let_go(void *p)
{
	if (!p) /* most often */
		return;
	if ((uintptr_t)p % ALIGNED)
		free(p);
	else
		let_go_aligned(p);
}

/* No large block comes from the others. */
CURLcode gocurl_spare_init(void)
{
	return gocurl_fn.global_init_mem(CURL_GLOBAL_ALL, get, let_go, realloc, strdup, calloc);
}

/* Frees what a shelf has beyond that, as much at most as there are shelves. */
static void drop(struct shelf *s, int most)
{
	struct spare *b, *all = NULL;

	if (counted(s) <= most || !try(s))
		return;
	for (int size = 0, n = 0; n < SHELVES && counted(s) > most; n++) {
		while (!s->first[size])
			size++;
		b = pop(s, size);
		b->next = all;
		all = b;
	}
	leave(s);
	while ((b = all)) {
		all = b->next;
		free(b);
	}
}

/* With each handle that goes one of the shelves lets go of what it has too many. */
void gocurl_spare_handles(int more)
{
	int n = atomic_fetch_add_explicit(&handles, more, memory_order_relaxed) + more;

	if (more < 0)
		drop(&shelves[(unsigned)n % SHELVES], ANYWAY + n);
}

#else

CURLcode gocurl_spare_init(void)
{
	return gocurl_fn.global_init(CURL_GLOBAL_ALL);
}

void gocurl_spare_handles(int more) { (void)more; }

#endif
