#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "thread_locale.h"

#ifdef _WIN32

void gocurl_locale_open(void) {}
void gocurl_locale_enter(struct gocurl_locale *l) { (void)l; }
void gocurl_locale_leave(struct gocurl_locale *l) { (void)l; }
void gocurl_locale_abandon(void) {}

#else

static locale_t utf8; /* written once, before any thread reads it; never freed */

void gocurl_locale_open(void)
{
	static const char *const names[] = { "C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8" };

	for (unsigned i = 0; !utf8 && i < sizeof names / sizeof *names; i++)
		utf8 = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
}

void gocurl_locale_enter(struct gocurl_locale *l)
{
	l->before = utf8 ? uselocale(utf8) : (locale_t)0;
}

void gocurl_locale_leave(struct gocurl_locale *l)
{
	if (l->before)
		uselocale(l->before);
}

void gocurl_locale_abandon(void)
{
	if (utf8)
		uselocale(LC_GLOBAL_LOCALE);
}

#endif
