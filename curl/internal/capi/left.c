#include "left.h"
#include "cell.h"
#include "engine.h"
#include "load.h"

#ifdef GOCURL_EPOLL

/* Whether libcurl takes more from a socket than the transfer whose turn it is wants. */
static int reads_ahead(void)
{
	return gocurl_version_num() >= 0x080f00;
}

/* A transfer that has no response yet may have read those of others. libcurl goes through its connections for the socket,
 * so others are not asked. */
static curl_socket_t socket_of(struct gocurl_cell *c)
{
	long version = 0;
	curl_socket_t fd = CURL_SOCKET_BAD;

	if (gocurl_fn.easy_getinfo(c->easy, CURLINFO_HTTP_VERSION, &version))
		return CURL_SOCKET_BAD;
	if (version != CURL_HTTP_VERSION_NONE && version != CURL_HTTP_VERSION_2_0)
		return CURL_SOCKET_BAD;
	gocurl_fn.easy_getinfo(c->easy, CURLINFO_ACTIVESOCKET, &fd);
	return fd;
}

void gocurl_left(struct gocurl_cell *c, int pauses)
{
	struct gocurl_driver *d = c->driver;
	curl_socket_t fd;

	if (!d)
		return;
	d->helped = 1; /* it waits for no socket on purpose */
	if (!d->shared || d->polling || !d->running || !(pauses || reads_ahead()) || (fd = socket_of(c)) == CURL_SOCKET_BAD)
		return;
	if (d->dense) { /* one more step asks all */
		d->nleft = GOCURL_LEFT_MAX + 1;
		return;
	}
	gocurl_left_forget(d, fd);
	if (d->nleft < GOCURL_LEFT_MAX)
		d->left[d->nleft] = fd;
	if (d->nleft <= GOCURL_LEFT_MAX)
		d->nleft++;
}

void gocurl_left_forget(struct gocurl_driver *d, int fd)
{
	if (d->nleft > GOCURL_LEFT_MAX)
		return;
	for (int i = 0; i < d->nleft; i++)
		if (d->left[i] == fd) {
			d->left[i] = d->left[--d->nleft];
			return;
		}
}

int gocurl_left_read(struct gocurl_driver *d)
{
	int left[GOCURL_LEFT_MAX], n, flags = 0;

	for (int i = 0; i < d->nready; i++)
		gocurl_left_forget(d, d->ready[i].fd);
	n = d->nleft;
	d->nleft = 0; /* the turns may leave something again */
	if (n > GOCURL_LEFT_MAX)
		return gocurl_driver_note(d, gocurl_fn.multi_socket_all(d->multi, &d->running));
	memcpy(left, d->left, sizeof left);
	for (int i = 0; i < n; i++)
		flags |= gocurl_driver_note(d, gocurl_fn.multi_socket_action(d->multi, left[i], CURL_CSELECT_IN, &d->running));
	return flags;
}

#else

void gocurl_left(struct gocurl_cell *c, int pauses)
{
	(void)c;
	(void)pauses;
}

#endif
