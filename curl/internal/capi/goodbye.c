#include "goodbye.h"
#include "cell.h"
#include "driver.h"
#include "zcallbacks.h"

#ifdef _WIN32

void gocurl_goodbye_note(struct gocurl_driver *d, struct gocurl_cell *c) { (void)d, (void)c; }
void gocurl_goodbye_now(struct gocurl_driver *d) { (void)d; }

#else

#include <sys/socket.h>
#include <sys/stat.h>

void gocurl_goodbye_note(struct gocurl_driver *d, struct gocurl_cell *c)
{
	struct gocurl_said *s = &d->said[d->nsaid % GOCURL_SAID];
	curl_socket_t fd = CURL_SOCKET_BAD;
	struct stat is;

	if (!c->talks || c->functions >> GOCURL_FUNCTION_CLOSESOCKETFUNCTION & 1)
		return; /* a user who closes sockets may have other plans with them */
	if (gocurl_fn.easy_getinfo(c->easy, CURLINFO_ACTIVESOCKET, &fd) || fd == CURL_SOCKET_BAD || fstat(fd, &is))
		return;
	for (int i = 0; i < GOCURL_SAID && i < d->nsaid; i++)
		if (d->said[i].fd == fd)
			s = &d->said[i];
	if (s == &d->said[d->nsaid % GOCURL_SAID])
		d->nsaid++;
	s->fd = fd;
	s->dev = is.st_dev;
	s->ino = is.st_ino;
}

void gocurl_goodbye_now(struct gocurl_driver *d)
{
	for (int i = 0; i < GOCURL_SAID && i < d->nsaid; i++) {
		const struct gocurl_said *s = &d->said[i];
		struct stat is;

		if (!fstat(s->fd, &is) && is.st_dev == s->dev && is.st_ino == s->ino)
			shutdown(s->fd, SHUT_RD);
	}
}

#endif
