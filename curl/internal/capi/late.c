#include "late.h"
#include "cell.h"
#include "confine.h"
#include "frame.h"
#include "share.h"

/* The exported Go functions that the trampolines call, too. */
extern int gocurlGoDebug(uintptr_t key, int kind, void *p, size_t n);
extern size_t gocurlGoHeader(uintptr_t key, void *p, size_t size, size_t n);
extern int gocurlGoClosesocket(uintptr_t key, intptr_t fd);

enum what { DEBUG, HEADER, CLOSESOCKET };

struct message {
	struct message *next;
	struct gocurl_cell *cell;
	enum what what;
	int kind;         /* curl_infotype */
	curl_socket_t fd;
	size_t n;
	char data[];
};

static _Thread_local struct {
	struct message *first, *last;
	size_t size;    /* bytes of data in all of them */
	size_t dropped; /* messages there was no room for, ... */
	struct gocurl_cell *lossy; /* ... the last of this cell */
} late;

static struct message *keep(struct gocurl_cell *c, enum what what, const char *p, size_t n)
{
	struct message *m = NULL;

	if (late.size + n <= GOCURL_LATE_MAX)
		m = malloc(sizeof *m + n);
	if (!m) {
		late.dropped++;
		late.lossy = c;
		return NULL;
	}
	m->next = NULL;
	m->cell = c;
	m->what = what;
	m->n = n;
	if (n)
		memcpy(m->data, p, n);
	late.size += n;
	if (late.last)
		late.last->next = m;
	else
		late.first = m;
	late.last = m;
	return m;
}

int gocurl_late_Debug(struct gocurl_cell *c, curl_infotype kind, char *p, size_t n)
{
	struct message *m = keep(c, DEBUG, p, n);

	if (m)
		m->kind = kind;
	return 0;
}

/* Replies to a goodbye: the transfer they belong to is over. */
size_t gocurl_late_Header(struct gocurl_cell *c, char *p, size_t size, size_t n)
{
	keep(c, HEADER, p, size * n);
	return size * n;
}

int gocurl_late_Closesocket(struct gocurl_cell *c, curl_socket_t fd)
{
	struct message *m = keep(c, CLOSESOCKET, NULL, 0);

	if (!m)
		return gocurlGoClosesocket(0, fd); /* out of memory: closed, at least; nothing of the user's runs for 0 */
	m->fd = fd;
	return 0;
}

int gocurl_late_Progress(struct gocurl_cell *c, double dltotal, double dlnow, double ultotal, double ulnow)
{
	(void)c, (void)dltotal, (void)dlnow, (void)ultotal, (void)ulnow;
	return 0; /* it comes again */
}

int gocurl_late_Xferinfo(struct gocurl_cell *c, curl_off_t dltotal, curl_off_t dlnow, curl_off_t ultotal, curl_off_t ulnow)
{
	(void)c, (void)dltotal, (void)dlnow, (void)ultotal, (void)ulnow;
	return 0;
}

static void deliver(struct message *m)
{
	struct gocurl_frame f;

	gocurl_frame_push(&f, m->cell);
	switch (m->what) {
	case DEBUG:
		gocurlGoDebug(m->cell->key, m->kind, m->data, m->n);
		break;
	case HEADER:
		gocurlGoHeader(m->cell->key, m->data, 1, m->n);
		break;
	case CLOSESOCKET:
		gocurlGoClosesocket(gocurl_cell_listener(m->cell), m->fd);
		break;
	}
	gocurl_frame_pop(&f);
	if (m->what == CLOSESOCKET)
		gocurl_claim_end(&m->cell->claims, m->fd);
}

static void own_up(void)
{
	struct gocurl_frame f;
	struct gocurl_cell *c = late.lossy;
	char text[80];
	int n = snprintf(text, sizeof text, "%zu messages were dropped: a lock of a share was held\n", late.dropped);

	late.dropped = 0;
	gocurl_frame_push(&f, c);
	gocurlGoDebug(c->key, CURLINFO_TEXT, text, (size_t)n);
	gocurl_frame_pop(&f);
}

static int ready(void)
{
	return !gocurl_share_held() && !gocurl_confine_inside();
}

int gocurl_late_line(curl_infotype kind)
{
	return gocurl_share_held() || (kind == CURLINFO_TEXT && gocurl_confine_inside());
}

void gocurl_late_play(void)
{
	while (late.first && ready()) {
		struct message *m = late.first, *rest = m->next, *last = late.last;
		struct gocurl_cell *lossy = late.lossy;
		size_t dropped = late.dropped;

		/* What the callback calls returns inside it, with locks that the rest does not stand under: that waits. */
		late.first = late.last = NULL;
		late.size -= m->n;
		late.dropped = 0;
		deliver(m);
		free(m);
		if (dropped) {
			late.dropped += dropped;
			late.lossy = lossy;
		}
		if (!rest)
			continue;
		if (late.last)
			late.last->next = rest;
		else
			late.first = rest;
		late.last = last;
	}
	if (late.dropped && ready())
		own_up();
}
