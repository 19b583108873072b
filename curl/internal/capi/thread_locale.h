/* libidn2 converts host names from the character set of the thread's locale. A Go process never calls setlocale, so
 * that would be ASCII and every other host name malformed; we lend the thread a UTF-8 locale while libcurl runs. */
#ifndef GOCURL_THREAD_LOCALE_H
#define GOCURL_THREAD_LOCALE_H

#ifdef _WIN32
struct gocurl_locale { int none; };
#else
#include <locale.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif
struct gocurl_locale { locale_t before; };
#endif

void gocurl_locale_open(void); /* once, before the first enter */
void gocurl_locale_enter(struct gocurl_locale *l);
void gocurl_locale_leave(struct gocurl_locale *l);
void gocurl_locale_abandon(void); /* instead of leave, when Goexit skipped it */

#endif
