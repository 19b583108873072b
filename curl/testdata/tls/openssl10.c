/* A stand-in for OpenSSL 1.0.2, which locks with the program's functions, or not at all. With THEIRS it has some already;
 * with HIDDEN nobody can get at the functions that set them. With DECOY it is another OpenSSL that libcurl does not use. */
#define _GNU_SOURCE
#include "alone.h"

#include <dlfcn.h>
#include <stdio.h>

#ifdef DECOY
#define CHECK(ok) ((void)0)
#else
#define CHECK(ok) ((ok) ? (void)0 : (fprintf(stderr, "the stand-in misses: " #ok "\n"), _exit(5)))
/* It stands in front of the real one, which libcurl needs. */
void *SSL_CTX_new(void *method) { return ((void *(*)(void *))dlsym(RTLD_NEXT, "SSL_CTX_new"))(method); }
#endif
#ifdef HIDDEN
#define EXPORT static __attribute__((unused))
#else
#define EXPORT
#endif

enum { LOCKS = 41, OF_THIS = 17 };

static void (*lock)(int, int, const char *, int);
static void (*thread)(void *);
static unsigned long (*id)(void);
static __thread void *me;

#ifdef THEIRS
static void no_lock(int mode, int n, const char *file, int line) { (void)mode, (void)n, (void)file, (void)line; }
static void (*lock)(int, int, const char *, int) = no_lock;
#endif

EXPORT unsigned long SSLeay(void) { return 0x1000213fL; }
EXPORT int CRYPTO_num_locks(void) { return LOCKS; }
EXPORT void CRYPTO_set_locking_callback(void (*f)(int, int, const char *, int))
{
#ifdef DECOY
	fprintf(stderr, "the wrong OpenSSL was given locks\n");
	_exit(6);
#endif
	lock = f;
}
EXPORT void (*CRYPTO_get_locking_callback(void))(int, int, const char *, int) { return lock; }
EXPORT int CRYPTO_THREADID_set_callback(void (*f)(void *)) { thread = f; return 1; }
EXPORT void (*CRYPTO_THREADID_get_callback(void))(void *) { return thread; }
EXPORT void CRYPTO_THREADID_set_pointer(void *to, void *p) { *(void **)to = p; }
EXPORT void CRYPTO_set_id_callback(unsigned long (*f)(void)) { id = f; }
EXPORT unsigned long (*CRYPTO_get_id_callback(void))(void) { return id; }

#ifndef DECOY
void standin_enter(void)
{
	void *now = NULL;

	if (lock) {
		lock(1 | 4, OF_THIS, __FILE__, __LINE__);
#ifndef THEIRS
		CHECK(thread && id);
		thread(&now);
		CHECK(now && (!me || me == now)); /* the same thread has the same name each time */
		CHECK(id());
		me = now;
#endif
	}
	one_more();
}

void standin_leave(void)
{
	one_less();
	if (lock)
		lock(2 | 4, OF_THIS, __FILE__, __LINE__);
}
#endif
