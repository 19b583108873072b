#include "goodbye.h"
#include "cell.h"
#include "driver.h"
#include "zcallbacks.h"

#ifdef __linux__

#include <sys/socket.h>
#include <sys/stat.h>

struct gocurl_said {
	int fd;
	dev_t dev;
	ino_t ino;
};

static int same(const struct gocurl_said *s)
{
	struct stat is;

	return !fstat(s->fd, &is) && is.st_dev == s->dev && is.st_ino == s->ino;
}

/* A place for one more: those that have gone make room. NULL without memory; then its goodbye takes its time. */
static struct gocurl_said *place(struct gocurl_driver *d, int fd)
{
	struct gocurl_said *said = d->said;
	int n = 0;

	for (int i = 0; i < d->nsaid; i++)
		if (said[i].fd == fd)
			return &said[i];
	if (d->nsaid == d->said_room) {
		for (int i = 0; i < d->nsaid; i++)
			if (same(&said[i]))
				said[n++] = said[i];
		d->nsaid = n;
	}
	if (d->nsaid == d->said_room) {
		said = realloc(said, (size_t)(2 * n + 4) * sizeof *said);
		if (!said)
			return NULL;
		d->said = said;
		d->said_room = 2 * n + 4;
	}
	return &said[d->nsaid++];
}

void gocurl_goodbye_note(struct gocurl_driver *d, struct gocurl_cell *c)
{
	curl_socket_t fd = CURL_SOCKET_BAD;
	struct gocurl_said *s;
	struct stat is;

	if (!c->talks || c->functions >> GOCURL_FUNCTION_CLOSESOCKETFUNCTION & 1)
		return; /* a user who closes sockets may have other plans with them */
	if (gocurl_fn.easy_getinfo(c->easy, CURLINFO_ACTIVESOCKET, &fd) || fd == CURL_SOCKET_BAD || fstat(fd, &is))
		return;
	s = place(d, fd);
	if (s)
		*s = (struct gocurl_said){ fd, is.st_dev, is.st_ino };
}

void gocurl_goodbye_now(struct gocurl_driver *d)
{
	for (int i = 0; i < d->nsaid; i++)
		if (same(&d->said[i]))
			shutdown(d->said[i].fd, SHUT_RD);
	free(d->said);
	d->said = NULL;
	d->nsaid = d->said_room = 0;
}

#else

void gocurl_goodbye_note(struct gocurl_driver *d, struct gocurl_cell *c) { (void)d, (void)c; }
void gocurl_goodbye_now(struct gocurl_driver *d) { (void)d; }

#endif
