#include "signals.h"

#ifdef _WIN32

void gocurl_signals_need(void) {}
void gocurl_signals_keep(void) {}
void gocurl_signals_let(void) {}

#else

#include <pthread.h>
#include <signal.h>

static int needed;    /* like kept, written once, before any other thread reads it */
static sigset_t kept; /* all but those that are about what the thread itself does */
static _Thread_local sigset_t before;

void gocurl_signals_need(void)
{
	static const int own[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS };

	sigfillset(&kept);
	for (unsigned i = 0; i < sizeof own / sizeof *own; i++)
		sigdelset(&kept, own[i]);
	needed = 1;
}

void gocurl_signals_keep(void)
{
	if (needed)
		pthread_sigmask(SIG_BLOCK, &kept, &before);
}

void gocurl_signals_let(void)
{
	if (needed)
		pthread_sigmask(SIG_SETMASK, &before, NULL);
}

#endif
