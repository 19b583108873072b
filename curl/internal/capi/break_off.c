#include "break_off.h"
#include "cell.h"
#include "load.h"

/* In milliseconds from the beginning of the transfer. Up to 7.76 the goodbye of an SSH connection keeps to the limit as well,
 * and what it has not come to is lost memory: it gets what later releases give it. */
static long at_once(struct gocurl_cell *c)
{
	static const long goodbye = 2000; /* one second, and what the time may be behind */
	double seconds = 0;

	if (gocurl_version_num() >= 0x074d00 || !(gocurl_scheme_is(c, "sftp") || gocurl_scheme_is(c, "scp")))
		return 1; /* 0 is for ever */
	gocurl_fn.easy_getinfo(c->easy, CURLINFO_TOTAL_TIME, &seconds);
	return (long)(seconds * 1000) + goodbye;
}

/* In seconds where it can be: a C long may be too narrow for the milliseconds of what was set in seconds. */
static void limit(struct gocurl_cell *c)
{
	int64_t n = c->timeout;

	if (n % 1000 || gocurl_fn.easy_setopt(c->easy, CURLOPT_TIMEOUT, (long)(n / 1000)))
		gocurl_fn.easy_setopt(c->easy, CURLOPT_TIMEOUT_MS, (long)n);
}

/* A libcurl without SMTP does not know the recipients, and has no need to. */
void gocurl_break_off(struct gocurl_cell *c)
{
	gocurl_fn.easy_setopt(c->easy, CURLOPT_TIMEOUT_MS, at_once(c));
	gocurl_fn.easy_setopt(c->easy, CURLOPT_MAIL_RCPT, NULL);
}

void gocurl_broken_off(struct gocurl_cell *c)
{
	limit(c);
	gocurl_fn.easy_setopt(c->easy, CURLOPT_MAIL_RCPT, gocurl_own_find(c, CURLOPT_MAIL_RCPT));
}
