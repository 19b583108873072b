/* A stand-in for libgcrypt 1.5.3, which locks with the program's functions, or aborts when two threads are inside. It takes
 * them only before anything else is asked of it. With EARLY somebody has used it before. */
#include "alone.h"

#include <stdarg.h>
#include <stdio.h>

struct callbacks {
	unsigned option;
	int (*init)(void);
	int (*open)(void **), (*close)(void **), (*lock)(void **), (*unlock)(void **);
};

static struct callbacks *use;
static void *mutex;
#ifdef EARLY
static int used = 1;
#else
static int used;
#endif

unsigned gcry_control(int command, ...)
{
	va_list args;

	if (command == 40)
		return used ? 1 : 0;
	if (command != 47)
		return 69;
	if (used)
		return 60;
	va_start(args, command);
	use = va_arg(args, struct callbacks *);
	va_end(args);
	if ((use->option & 0xff) != 3 || use->open(&mutex))
		_exit(5);
	return 0;
}

const char *gcry_check_version(const char *want)
{
	(void)want;
	used = 1;
	return "1.5.3";
}

#ifdef MODERN
void gcry_mac_open(void) {}
#endif

void standin_enter(void)
{
	used = 1;
	if (use && use->lock(&mutex))
		_exit(5);
	one_more();
}

void standin_leave(void)
{
	one_less();
	if (use && use->unlock(&mutex))
		_exit(5);
}
