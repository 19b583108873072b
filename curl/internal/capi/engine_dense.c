#include "engine.h"
#include "cell.h"

#ifdef GOCURL_EPOLL

#include "clock.h"
#include "wake.h"

/* With events libcurl keeps books of who waits for which socket, and changes them several times in a small request. Where
 * nearly every transfer has something to do whenever one has, that costs more than a look at all of them: for a hundred
 * busy connections libcurl takes half as long again with events (8.22.0; 7.88.1 a quarter). So a driver for many handles
 * goes over to curl_multi_perform and curl_multi_wait while that is so, and back when it is not.
 *
 * libcurl allows the change: what it has told of sockets stays as it is meanwhile, but for those that are closed or that
 * nobody waits for any more, and curl_multi_socket_all makes up for the rest.
 *
 * Not with callbacks that run inside libcurl: curl_multi_wait may enter them, and each step would leave more transfers
 * waiting for one that takes long. */
#define GOCURL_DENSE_MIN 8     /* transfers */
#define GOCURL_DENSE_PART 8    /* one in so many has to be busy, ... */
#define GOCURL_DENSE_AFTER 16  /* ... in so many looks in a row; back after a quarter as many waits in vain */

static atomic_int always;

void gocurl_dense_always(void)
{
	always = 1;
}

static int fits(const struct gocurl_driver *d)
{
	return d->shared && !d->spots && !d->confined;
}

void gocurl_dense_begin(struct gocurl_driver *d, int ready)
{
	int busy = d->cells >= GOCURL_DENSE_MIN && ready * GOCURL_DENSE_PART >= d->cells;

	if (!ready && !always)
		return; /* that was no look */
	if (!fits(d) || !(busy || always))
		d->crowded = 0;
	else
		d->dense = ++d->crowded >= (always ? 1 : GOCURL_DENSE_AFTER);
}

int gocurl_dense_step(struct gocurl_driver *d)
{
	int flags = d->rung && gocurl_wake_drain(d) ? GOCURL_WOKEN : 0;
	CURLMcode rc;

	d->code = 0;
	d->rung = d->nready = d->nleft = 0;
	d->again = -1;
	if (!fits(d) || d->crowded <= 0)
		d->dense = d->crowded = 0;
	rc = d->dense ? gocurl_fn.multi_perform(d->multi, &d->running) : gocurl_fn.multi_socket_all(d->multi, &d->running);
	d->looked = gocurl_now();
	flags |= gocurl_driver_note(d, rc);
	flags |= gocurl_driver_collect(d);
	if (d->code)
		flags |= GOCURL_FAILED;
	return d->nleft ? flags | GOCURL_READY : flags;
}

int gocurl_dense_wait(struct gocurl_driver *d, int64_t usec)
{
	int n = gocurl_poll_sockets(d, usec);

	if (d->vain) /* perhaps events come through */
		d->crowded = 0;
	else if (always || n * 2 * GOCURL_DENSE_PART >= d->cells)
		d->crowded = GOCURL_DENSE_AFTER;
	else if (!d->rung)
		d->crowded -= GOCURL_DENSE_AFTER / 4;
	return GOCURL_READY; /* libcurl's timers are only looked at by the next step */
}

#endif
