#include "decl.h"
#include "mutex.h"
#include "tls_find.h"
#include "tls_locks.h"

/* OpenSSL before 1.1.0 (August 2016) keeps its tables of errors, sessions, certificates and reference counts consistent
 * only with the help of the program: a function that takes or releases one of some forty locks, and one that says which
 * thread is calling. There is one of each for the whole process, so whoever set one before us keeps it.
 *
 * Locks that OpenSSL makes as it goes ("dynamic" ones) are wanted by a few hardware engines alone; those live without. */

enum { LOCK = 1 }; /* CRYPTO_LOCK */

struct lock {
	gocurl_mutex mutex;
	unsigned long taken; /* guarded by mutex */
};

static struct lock *locks; /* made once, never freed: OpenSSL uses it until the process ends */
static int nlocks;
static void (*set_pointer)(void *id, void *p); /* CRYPTO_THREADID_set_pointer */

static void on_lock(int mode, int n, const char *file, int line)
{
	(void)file, (void)line;
	if (mode & LOCK) {
		gocurl_mutex_lock(&locks[n].mutex);
		locks[n].taken++;
	} else {
		gocurl_mutex_unlock(&locks[n].mutex);
	}
}

/* No two threads that live have the same address of this. */
static _Thread_local char self;

static void on_thread(void *id) /* since 1.0.0 */
{
	set_pointer(id, &self);
}

static unsigned long on_id(void) /* before, and for what still asks in the old way */
{
	return (unsigned long)(uintptr_t)&self;
}

/* The functions, by the names they had. */
struct openssl {
	int (*num_locks)(void);
	void (*(*get_lock)(void))(int, int, const char *, int);
	void (*set_lock)(void (*)(int, int, const char *, int));
	void (*(*get_thread)(void))(void *);
	int (*set_thread)(void (*)(void *));
	unsigned long (*(*get_id)(void))(void);
	void (*set_id)(unsigned long (*)(void));
};

#define FIND(o, member, name) ((o)->member = (__typeof__((o)->member))gocurl_tls_function(home, name))

static int reachable(struct openssl *o, const struct gocurl_tls_home *home)
{
	FIND(o, num_locks, "CRYPTO_num_locks");
	FIND(o, get_lock, "CRYPTO_get_locking_callback");
	FIND(o, set_lock, "CRYPTO_set_locking_callback");
	FIND(o, get_thread, "CRYPTO_THREADID_get_callback");
	FIND(o, set_thread, "CRYPTO_THREADID_set_callback");
	FIND(o, get_id, "CRYPTO_get_id_callback");
	FIND(o, set_id, "CRYPTO_set_id_callback");
	set_pointer = (void (*)(void *, void *))gocurl_tls_function(home, "CRYPTO_THREADID_set_pointer");
	return o->num_locks && o->get_lock && o->set_lock;
}

static int make_locks(int n)
{
	locks = calloc((size_t)n, sizeof *locks);
	if (!locks)
		return 0;
	for (nlocks = 0; nlocks < n; nlocks++)
		gocurl_mutex_open(&locks[nlocks].mutex);
	return 1;
}

struct gocurl_tls_found gocurl_tls_openssl(void)
{
	struct gocurl_tls_home at = gocurl_tls_home("SSL_CTX_new"), *home = &at;
	struct gocurl_tls_found found = { 0 };
	unsigned long (*version)(void) = (unsigned long (*)(void))gocurl_tls_function(home, "SSLeay");
	struct openssl o;

	memcpy(found.file, at.file, sizeof found.file);
	if (version)
		found.version = version();
	if (found.version >= 0x10100000) {
		found.answer = GOCURL_TLS_SAFE;
		return found;
	}
	if (!reachable(&o, home))
		return found;
	if (o.get_lock()) {
		found.answer = GOCURL_TLS_THEIRS;
		return found;
	}
	if (!make_locks(o.num_locks()))
		return found;
	/* Without a function that names the thread OpenSSL takes the address of errno in its newer way, which does, and the
	 * number of the process in its older way, which does not. */
	if (o.set_thread && set_pointer && !(o.get_thread && o.get_thread()))
		o.set_thread(on_thread);
	if (o.set_id && !(o.get_id && o.get_id()))
		o.set_id(on_id);
	o.set_lock(on_lock);
	found.answer = GOCURL_TLS_INSTALLED;
	return found;
}

unsigned long gocurl_tls_openssl_taken(void)
{
	unsigned long sum = 0;

	for (int i = 0; i < nlocks; i++) {
		gocurl_mutex_lock(&locks[i].mutex);
		sum += locks[i].taken;
		gocurl_mutex_unlock(&locks[i].mutex);
	}
	return sum;
}
