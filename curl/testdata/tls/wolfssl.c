/* A stand-in for wolfSSL. INIT is what its function that prepares a mutex does; without it there is none. */
#include "alone.h"

#include <string.h>

void wolfSSL_CTX_new(void) {}
#ifdef INIT
int wc_InitMutex(void *m) { (void)m; INIT; return 0; }
int wc_FreeMutex(void *m) { (void)m; return 0; }
#endif
#ifdef LAYER
void wolfSSL_X509_STORE_new(void) {}
#endif

void standin_enter(void) { one_more(); }
void standin_leave(void) { one_less(); }
