#include "watch_kept.h"

#ifdef GOCURL_EPOLL

#include <string.h>
#include <sys/socket.h>

#ifndef SO_COOKIE
#define SO_COOKIE 57
#endif

uint64_t gocurl_kept_which(int fd)
{
	uint64_t socket = 0;
	socklen_t n = sizeof socket;

	return getsockopt(fd, SOL_SOCKET, SO_COOKIE, &socket, &n) ? 0 : socket;
}

struct gocurl_kept *gocurl_kept_find(struct gocurl_driver *d, int fd)
{
	return fd < d->nkept && d->kept[fd].socket ? &d->kept[fd] : NULL;
}

/* Descriptors are the lowest numbers that are free, so a table by number has few holes. */
static int room(struct gocurl_driver *d, int fd)
{
	int n = d->nkept ? d->nkept : 64;
	struct gocurl_kept *kept;

	if (fd < d->nkept)
		return 1;
	while (n <= fd)
		n *= 2;
	kept = realloc(d->kept, (size_t)n * sizeof *kept);
	if (!kept)
		return 0;
	memset(kept + d->nkept, 0, (size_t)(n - d->nkept) * sizeof *kept);
	d->kept = kept;
	d->nkept = n;
	return 1;
}

void gocurl_kept_note(struct gocurl_driver *d, int fd, uint64_t socket, int events)
{
	struct gocurl_kept k = { socket, (uint8_t)events, 0 };

	if (fd < d->nkept || (socket && room(d, fd)))
		d->kept[fd] = k;
}

void gocurl_kept_drop(struct gocurl_driver *d)
{
	for (int fd = 0; fd < d->nkept; fd++) {
		struct gocurl_kept *k = &d->kept[fd];

		if (!k->idle)
			continue;
		epoll_ctl(d->epfd, EPOLL_CTL_DEL, fd, NULL);
		memset(k, 0, sizeof *k);
	}
}

#endif
