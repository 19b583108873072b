#include "sink.h"
#include "cell.h"
#include "load.h"
#include "telnet.h"

#include <stdio.h>

#ifdef _WIN32

/* libcurl may be of another C library, which has other FILEs. */
void gocurl_sink_open(void) {}
void gocurl_sink_stderr(CURL *e) { (void)e; }

#else

static FILE *nowhere; /* written once, before any handle is made; never closed */

void gocurl_sink_open(void)
{
	if (!nowhere && gocurl_version_num() < 0x080e00)
		nowhere = fopen("/dev/null", "we");
}

void gocurl_sink_stderr(CURL *e)
{
	if (nowhere)
		gocurl_fn.easy_setopt(e, CURLOPT_STDERR, (void *)nowhere);
}

#endif

/* A body nobody asked for is counted and dropped; libcurl's default would write it to stdout. */
size_t gocurl_sink_write(char *p, size_t size, size_t n, void *cell)
{
	(void)p;
	((struct gocurl_cell *)cell)->discarded += (int64_t)(size * n);
	return size * n;
}

/* An upload without a source ends as an error that Go names; libcurl's default would read stdin. */
size_t gocurl_sink_read(char *p, size_t size, size_t n, void *cell)
{
	struct gocurl_cell *c = cell;

	(void)p, (void)size, (void)n;
	if (gocurl_telnet(c))
		return gocurl_telnet_listen(c);
	c->no_source = 1;
	return CURL_READFUNC_ABORT;
}

/* A source that cannot seek: libcurl reads and drops what it is to leave out. */
int gocurl_sink_seek(void *cell, curl_off_t offset, int whence)
{
	(void)cell, (void)offset, (void)whence;
	return CURL_SEEKFUNC_CANTSEEK;
}

/* Keeps libcurl's own progress meter off stderr when progress is on and nobody listens. */
int gocurl_sink_meter(void *cell, curl_off_t dltotal, curl_off_t dlnow, curl_off_t ultotal, curl_off_t ulnow)
{
	(void)dltotal, (void)ultotal;
	return gocurl_ending_asked(cell, dlnow + ulnow) && gocurl_ending_told(cell);
}

/* Keeps verbose output off stderr when nobody listens. */
int gocurl_sink_debug(CURL *e, curl_infotype kind, char *p, size_t n, void *cell)
{
	(void)e, (void)kind, (void)p, (void)n, (void)cell;
	return 0;
}
