#include "signals.h"

#ifdef _WIN32

void gocurl_signals_need(void) {}
void gocurl_signals_enter(void) {}
void gocurl_signals_leave(void) {}
int gocurl_signals_pause(void) { return 0; }
void gocurl_signals_resume(int depth) { (void)depth; }

#else

#include <pthread.h>
#include <signal.h>

static int needed;    /* like kept, written once, before any other thread reads it */
static sigset_t kept; /* all but those that are about what the thread itself does */
static _Thread_local int depth;
static _Thread_local sigset_t before;

void gocurl_signals_need(void)
{
	static const int own[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS };

	sigfillset(&kept);
	for (unsigned i = 0; i < sizeof own / sizeof *own; i++)
		sigdelset(&kept, own[i]);
	needed = 1;
}

void gocurl_signals_enter(void)
{
	if (needed && depth++ == 0)
		pthread_sigmask(SIG_BLOCK, &kept, &before);
}

void gocurl_signals_leave(void)
{
	if (needed && --depth == 0)
		pthread_sigmask(SIG_SETMASK, &before, NULL);
}

int gocurl_signals_pause(void)
{
	int was = depth;

	if (was) {
		depth = 0;
		pthread_sigmask(SIG_SETMASK, &before, NULL);
	}
	return was;
}

void gocurl_signals_resume(int was)
{
	if (was) {
		pthread_sigmask(SIG_BLOCK, &kept, &before);
		depth = was;
	}
}

#endif
