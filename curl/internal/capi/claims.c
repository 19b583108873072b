#include "claims.h"
#include "mutex.h"

#include <stdlib.h>

struct claim {
	struct claim *next;
	struct gocurl_claims *of;
	curl_socket_t fd;
};

enum { BUCKETS = 256 };

static gocurl_mutex lock = GOCURL_MUTEX_STATIC; /* guards the rest; no libcurl and no Go runs with it */
static struct claim *claims[BUCKETS];

static struct claim **bucket(curl_socket_t fd)
{
	return &claims[(unsigned long long)fd % BUCKETS];
}

void gocurl_claim(struct gocurl_claims *of, curl_socket_t fd)
{
	struct claim *c, **first = bucket(fd);

	gocurl_mutex_lock(&lock);
	for (c = *first; c && c->fd != fd; c = c->next)
		;
	if (c) {
		atomic_fetch_sub(&c->of->n, 1);
	} else if ((c = malloc(sizeof *c))) {
		c->fd = fd;
		c->next = *first;
		*first = c;
	}
	atomic_fetch_add(&of->n, 1); /* for good, without memory */
	if (c)
		c->of = of;
	gocurl_mutex_unlock(&lock);
}

/* Ends those that are of this, and of this socket unless any. */
static void end(struct claim **p, const struct gocurl_claims *of, const curl_socket_t *fd)
{
	while (*p) {
		struct claim *c = *p;

		if (c->of != of || (fd && c->fd != *fd)) {
			p = &c->next;
			continue;
		}
		*p = c->next;
		atomic_fetch_sub(&c->of->n, 1);
		free(c);
	}
}

void gocurl_claim_end(struct gocurl_claims *of, curl_socket_t fd)
{
	gocurl_mutex_lock(&lock);
	end(bucket(fd), of, &fd);
	gocurl_mutex_unlock(&lock);
}

void gocurl_claims_drop(struct gocurl_claims *of)
{
	if (!gocurl_claimed(of))
		return;
	gocurl_mutex_lock(&lock);
	for (int i = 0; i < BUCKETS; i++)
		end(&claims[i], of, NULL);
	gocurl_mutex_unlock(&lock);
}
