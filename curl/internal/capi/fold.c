#include "fold.h"
#include "sockets.h"
#include "zcallbacks.h"

static size_t header(char *p, size_t size, size_t n, void *cell)
{
	gocurl_fold_header(cell, p, size * n);
	return size * n;
}

static int debug(CURL *e, curl_infotype kind, char *p, size_t n, void *cell)
{
	(void)e;
	gocurl_fold_debug(cell, kind, p, n);
	return 0;
}

curl_write_callback gocurl_fold_function(void)
{
	return gocurl_fold_here() ? header : NULL;
}

void *gocurl_fold_data(struct gocurl_cell *c)
{
	return gocurl_fold_here() ? c : NULL;
}

/* Who is verbose has a debug function, which looks. */
static void attend(struct gocurl_cell *c)
{
	if (c->verbose)
		return;
	gocurl_fn.easy_setopt(c->easy, CURLOPT_DEBUGFUNCTION, debug);
	gocurl_fn.easy_setopt(c->easy, CURLOPT_DEBUGDATA, (void *)c);
	gocurl_fn.easy_setopt(c->easy, CURLOPT_VERBOSE, 1L);
	c->listening = 1;
}

void gocurl_fold_pause(struct gocurl_cell *c)
{
	if (!c->listening)
		return;
	c->listening = 0;
	gocurl_fn.easy_setopt(c->easy, CURLOPT_VERBOSE, 0L);
	gocurl_set_function(c, CURLOPT_DEBUGFUNCTION, gocurl_cell_has(c, GOCURL_FUNCTION_DEBUGFUNCTION));
}

void gocurl_fold_resume(struct gocurl_cell *c)
{
	if (c->fold >= GOCURL_FOLD_FIRST)
		attend(c);
}

void gocurl_fold_begin(struct gocurl_cell *c)
{
	gocurl_fold_pause(c); /* a connect-only transfer may have ended in between */
	c->folded = 0;
	c->fold = gocurl_fold_here() ? GOCURL_FOLD_STATUS : GOCURL_FOLD_OVER;
}

void gocurl_fold_end(struct gocurl_cell *c)
{
	gocurl_fold_pause(c);
	c->fold = GOCURL_FOLD_OVER;
}

/* Replies of FTP, SMTP, POP3 and IMAP begin so; they can go on with blanks, and libcurl keeps none of them. It keeps what a proxy
 * says of a tunnel, which may begin with anything. */
static int is_reply(struct gocurl_cell *c, char first)
{
	return ((first >= '0' && first <= '9') || first == '+' || first == '-' || first == '*') && !gocurl_url_is_http(c);
}

static int is_end(char first)
{
	return first == '\r' || first == '\n';
}

/* A header has a colon, and CURLOPT_HTTP200ALIASES allows for status lines of all kinds. */
static int is_status(const char *p, size_t n)
{
	return (n > 5 && !memcmp(p, "HTTP/", 5)) || !memchr(p, ':', n);
}

static void reverse(char *p, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		char other = p[i];

		p[i] = p[n - 1 - i];
		p[n - 1 - i] = other;
	}
}

/* Moves the first k bytes behind the others. */
static void rotate(char *p, size_t n, size_t k)
{
	reverse(p, k);
	reverse(p + k, n - k);
	reverse(p, n);
}

void gocurl_fold_first(struct gocurl_cell *c, char *p, size_t n)
{
	size_t blanks = 0, end = n;

	while (blanks < n && (p[blanks] == ' ' || p[blanks] == '\t'))
		blanks++;
	while (end > blanks && is_end(p[end - 1]))
		end--;
	if (blanks ? end > blanks : !is_status(p, n))
		c->fold = GOCURL_FOLD_SHOWN;
	if (!blanks)
		return;
	if (end == blanks)
		end = n; /* nothing but blanks: the end of a line, which libcurl does not keep */
	rotate(p, end, blanks);
	c->folded = (uint32_t)blanks;
	c->folds = (uint32_t)end;
}

void gocurl_fold_hold(struct gocurl_cell *c)
{
	if (!gocurl_url_is_http(c))
		return;
	c->fold = GOCURL_FOLD_FIRST;
	attend(c);
}

/* Where a line, or several after a pause, that the header function is given leaves the transfer. */
static uint8_t after(struct gocurl_cell *c, const char *p, size_t n)
{
	char first = n ? *p : 0;

	if (is_reply(c, first))
		return GOCURL_FOLD_OVER;
	if (c->fold != GOCURL_FOLD_SHOWN || (is_end(first) && n > 2)) /* of lines behind an end libcurl keeps none */
		return GOCURL_FOLD_FIRST;
	return is_end(first) || is_status(p, n) ? GOCURL_FOLD_SHOWN : GOCURL_FOLD_OVER;
}

void gocurl_fold_line(struct gocurl_cell *c, char *p, size_t n)
{
	c->fold = after(c, p, n);
	if (c->fold == GOCURL_FOLD_SHOWN)
		return; /* it came before the first header */
	if (c->folded && c->folds <= n)
		rotate(p, c->folds, c->folds - c->folded);
	c->folded = 0;
	if (c->fold == GOCURL_FOLD_OVER)
		gocurl_fold_pause(c);
	else
		attend(c);
}
