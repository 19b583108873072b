#include "decl.h"
#include "mutex.h"
#include "tls_find.h"
#include "tls_locks.h"

#include <errno.h>

/* libgcrypt before 1.6 (December 2013) wants functions for mutexes, before anything else is asked of it. Later ones take
 * them and never call them. GnuTLS was based on it until 3.0; libssh may be to this day. */

enum {
	SET_THREAD_CALLBACKS = 47, /* GCRYCTL_SET_THREAD_CBS */
	ANYTHING_DONE = 40,        /* GCRYCTL_ANY_INITIALIZATION_P */
	PTHREAD = 3                /* GCRY_THREAD_OPTION_PTHREAD: what others install as well, so that both agree */
};

static unsigned long taken; /* atomic */

static int on_open(void **lock)
{
	gocurl_mutex *m = malloc(sizeof *m);

	if (!m)
		return ENOMEM;
	gocurl_mutex_open(m);
	*lock = m;
	return 0;
}

static int on_close(void **lock)
{
	gocurl_mutex_close(*lock);
	free(*lock);
	return 0;
}

static int on_lock(void **lock)
{
	gocurl_mutex_lock(*lock);
	__atomic_fetch_add(&taken, 1, __ATOMIC_RELAXED);
	return 0;
}

static int on_unlock(void **lock)
{
	gocurl_mutex_unlock(*lock);
	return 0;
}

/* struct gcry_thread_cbs. The functions at its end are for systems whose calls block all threads. */
static struct {
	unsigned option;
	int (*init)(void);
	int (*open)(void **), (*close)(void **), (*lock)(void **), (*unlock)(void **);
	void (*calls[8])(void);
} callbacks = { PTHREAD, NULL, on_open, on_close, on_lock, on_unlock, { NULL } };

struct gocurl_tls_found gocurl_tls_gcrypt(void)
{
	struct gocurl_tls_found found = { 0 };
	unsigned (*control)(int, ...) = (unsigned (*)(int, ...))gocurl_tls_anywhere("gcry_control");
	const char *(*version)(const char *) = (const char *(*)(const char *))gocurl_tls_anywhere("gcry_check_version");
	const char *text;
	int before;

	/* gcry_mac_open came with 1.6.0. To ask for the version would be the first use already. */
	if (!control || gocurl_tls_anywhere("gcry_mac_open")) {
		found.answer = GOCURL_TLS_SAFE;
		return found;
	}
	before = control(ANYTHING_DONE, 0) != 0;
	if (control(SET_THREAD_CALLBACKS, &callbacks))
		found.answer = GOCURL_TLS_UNSAFE; /* in use already, without functions or with those of another system of threads */
	else
		found.answer = before ? GOCURL_TLS_THEIRS : GOCURL_TLS_INSTALLED;
	text = version ? version(NULL) : NULL;
	snprintf(found.text, sizeof found.text, "%s", text ? text : "");
	return found;
}

unsigned long gocurl_tls_gcrypt_taken(void)
{
	return __atomic_load_n(&taken, __ATOMIC_RELAXED);
}
