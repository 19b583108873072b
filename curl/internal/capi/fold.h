/* Responses whose first header is folded: it begins with blanks, as if it went on with the header before it, and there is none.
 *
 * libcurl 7.84.0 to 8.0.1 (curl issue 11101) then goes on with the last header of the handle's last transfer, in memory that it
 * has freed. Any server can send that. Nothing public makes libcurl forget that header, and its header function is called too
 * late; but before it libcurl shows the line to the debug function, where it lies. So there is one from the status line to the
 * first header, and it moves the blanks to the end of the line, which makes it a header as any other: what later releases take
 * it for. The header function moves them back.
 *
 * After a pause libcurl hands over what has arrived meanwhile without showing it again, all headers of a response at once, and
 * the line that was answered with the pause a second time. So which line is which goes by what the debug function has seen.
 *
 * All of it is the driver's lock's, as libcurl at work for the handle is. */
#ifndef GOCURL_FOLD_H
#define GOCURL_FOLD_H

#include "cell.h"
#include "load.h"

/* Of a transfer, in gocurl_cell.fold. */
enum {
	GOCURL_FOLD_OVER,   /* a header has come: from here on there is one to go on with */
	GOCURL_FOLD_STATUS, /* the next line is a status line, ... */
	GOCURL_FOLD_FIRST,  /* ... and the first header comes after this one, or another status line when there is none, ... */
	GOCURL_FOLD_SHOWN   /* ... which the debug function has seen, and the header function has not */
};

/* Whether this libcurl needs any of it. */
static inline int gocurl_fold_here(void)
{
	return gocurl_version_num() >= 0x075400 && gocurl_version_num() < 0x080100;
}

/* What the header function is without a Go function, and its data: NULL where nothing is needed. */
curl_write_callback gocurl_fold_function(void);
void *gocurl_fold_data(struct gocurl_cell *c);

/* Before a transfer, and after it. */
void gocurl_fold_begin(struct gocurl_cell *c);
void gocurl_fold_end(struct gocurl_cell *c);

/* The user is about to change the debug function or whether it is called, and has. */
void gocurl_fold_pause(struct gocurl_cell *c);
void gocurl_fold_resume(struct gocurl_cell *c);

void gocurl_fold_line(struct gocurl_cell *c, char *p, size_t n);
void gocurl_fold_first(struct gocurl_cell *c, char *p, size_t n);
void gocurl_fold_hold(struct gocurl_cell *c);

/* libcurl shows the header function a line. */
static inline void gocurl_fold_header(struct gocurl_cell *c, char *p, size_t n)
{
	if (c->fold)
		gocurl_fold_line(c, p, n);
}

/* libcurl shows the debug function something. */
static inline void gocurl_fold_debug(struct gocurl_cell *c, curl_infotype kind, char *p, size_t n)
{
	if (c->fold == GOCURL_FOLD_FIRST && kind == CURLINFO_HEADER_IN)
		gocurl_fold_first(c, p, n);
}

/* What the write function answers. With CURLOPT_HEADER that can be a pause for a status line, before the header function. */
static inline size_t gocurl_fold_written(struct gocurl_cell *c, size_t answer)
{
	if (answer == CURL_WRITEFUNC_PAUSE && c->fold == GOCURL_FOLD_STATUS)
		gocurl_fold_hold(c);
	return answer;
}

#endif
