#include "decl.h"
#include "tls_find.h"
#include "tls_locks.h"

/* wolfSSL has locks unless it was built with SINGLE_THREADED. It has no function that says so, but one that prepares a
 * mutex, and without threads does nothing. */
static int has_mutexes(int (*init)(void *), int (*end)(void *))
{
	union {
		long double align;
		unsigned char bytes[512]; /* more than a mutex of any system */
	} lock, before;

	memset(&lock, 0xa5, sizeof lock);
	before = lock;
	if (init(&lock))
		return 0;
	if (!memcmp(&lock, &before, sizeof lock))
		return 0;
	if (end)
		end(&lock);
	return 1;
}

struct gocurl_tls_found gocurl_tls_wolfssl(void)
{
	struct gocurl_tls_home home = gocurl_tls_home("wolfSSL_CTX_new");
	struct gocurl_tls_found found = { 0 };
	int (*init)(void *) = (int (*)(void *))gocurl_tls_function(&home, "wc_InitMutex");
	int (*end)(void *) = (int (*)(void *))gocurl_tls_function(&home, "wc_FreeMutex");
	unsigned (*number)(void) = (unsigned (*)(void))gocurl_tls_function(&home, "wolfSSL_lib_version_hex");

	memcpy(found.file, home.file, sizeof found.file);
	if (number)
		found.version = number();
	if (init)
		found.answer = has_mutexes(init, end) ? GOCURL_TLS_SAFE : GOCURL_TLS_UNSAFE;
	found.layer = gocurl_tls_function(&home, "wolfSSL_X509_STORE_new") != NULL;
	return found;
}
