#include "goodbye.h"
#include "cell.h"
#include "driver.h"
#include "zcallbacks.h"

#ifdef __linux__

#include "descriptor.h"

#include <sys/socket.h>

/* A place for one more: those that have gone make room. NULL without memory; then its goodbye takes its time. */
static struct gocurl_descriptor *place(struct gocurl_driver *d, int fd)
{
	struct gocurl_descriptor *said = d->said;
	int n = 0;

	for (int i = 0; i < d->nsaid; i++)
		if (said[i].fd == fd)
			return &said[i];
	if (d->nsaid == d->said_room) {
		for (int i = 0; i < d->nsaid; i++)
			if (gocurl_descriptor_same(&said[i]))
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
	struct gocurl_descriptor now, *s;

	if (!c->talks || gocurl_cell_has(c, GOCURL_FUNCTION_CLOSESOCKETFUNCTION))
		return; /* a user who closes sockets may have other plans with them */
	if (gocurl_fn.easy_getinfo(c->easy, CURLINFO_ACTIVESOCKET, &fd) || fd == CURL_SOCKET_BAD ||
	    !gocurl_descriptor_of(&now, fd))
		return;
	s = place(d, fd);
	if (s)
		*s = now;
}

void gocurl_goodbye_now(struct gocurl_driver *d)
{
	for (int i = 0; i < d->nsaid; i++)
		if (gocurl_descriptor_same(&d->said[i]))
			shutdown(d->said[i].fd, SHUT_RD);
	free(d->said);
	d->said = NULL;
	d->nsaid = d->said_room = 0;
}

#else

void gocurl_goodbye_note(struct gocurl_driver *d, struct gocurl_cell *c) { (void)d, (void)c; }
void gocurl_goodbye_now(struct gocurl_driver *d) { (void)d; }

#endif
