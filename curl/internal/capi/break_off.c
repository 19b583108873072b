#include "break_off.h"
#include "cell.h"

/* Nothing is done about an error: a libcurl without SMTP does not know the recipients. */
static void options(struct gocurl_cell *c, int64_t timeout, struct curl_slist *recipients)
{
	gocurl_fn.easy_setopt(c->easy, CURLOPT_TIMEOUT_MS, (long)timeout);
	gocurl_fn.easy_setopt(c->easy, CURLOPT_MAIL_RCPT, recipients);
}

void gocurl_break_off(struct gocurl_cell *c)
{
	options(c, 1, NULL); /* 0 is for ever */
}

void gocurl_broken_off(struct gocurl_cell *c)
{
	options(c, c->timeout, gocurl_own_find(c, CURLOPT_MAIL_RCPT));
}
