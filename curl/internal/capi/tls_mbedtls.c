#include "decl.h"
#include "tls_find.h"
#include "tls_locks.h"

/* mbedTLS has locks if it was built with MBEDTLS_THREADING_C, which is off unless somebody turns it on. It can be asked
 * by name when it was built with MBEDTLS_VERSION_FEATURES; and the functions that lock are in variables, which are there
 * only with threads. */
struct gocurl_tls_found gocurl_tls_mbedtls(void)
{
	struct gocurl_tls_home home = gocurl_tls_home("mbedtls_ssl_setup");
	struct gocurl_tls_found found = { 0 };
	int (*feature)(const char *) = (int (*)(const char *))gocurl_tls_function(&home, "mbedtls_version_check_feature");
	int (*const *lock)(void *) = (int (*const *)(void *))gocurl_tls_variable(&home, "mbedtls_mutex_lock");
	unsigned (*number)(void) = (unsigned (*)(void))gocurl_tls_function(&home, "mbedtls_version_get_number");
	int built = feature ? feature("MBEDTLS_THREADING_C") : -2; /* 0: yes, -1: no, -2: built without the list */

	memcpy(found.file, home.file, sizeof found.file);
	if (number)
		found.version = number();
	if (built == 0 || (lock && *lock))
		found.answer = GOCURL_TLS_SAFE;
	else if (built == -1)
		found.answer = GOCURL_TLS_UNSAFE;
	return found;
}
