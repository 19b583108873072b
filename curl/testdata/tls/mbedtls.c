/* A stand-in for mbedTLS that has no locks, whatever it says. BUILT is what it answers when it is asked for threads; without it
 * it cannot be asked. With MUTEX it has the variable that is there in builds with threads. */
#include "alone.h"

#include <string.h>

void mbedtls_ssl_setup(void) {}

#ifdef BUILT
int mbedtls_version_check_feature(const char *name)
{
	return strcmp(name, "MBEDTLS_THREADING_C") ? -1 : BUILT;
}
#endif
#ifdef MUTEX
static int lock(void *m) { (void)m; return 0; }
int (*mbedtls_mutex_lock)(void *) = lock;
#endif

void standin_enter(void) { one_more(); }
void standin_leave(void) { one_less(); }
