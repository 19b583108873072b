/* Many transfers on one multi handle. */
#include "empty.h"
#include "inside.h"

#include <stdlib.h>

enum { URL = 10002, PRIVATE = 10103, GET_PRIVATE = 0x100000 + 21, MAXCONNECTS = 6, SSL_VERIFYPEER = 64, HTTP_VERSION = 84, PIPEWAIT = 237 };

struct crowd {
	void *multi;
	int n;
	int *done;
	void **easy;
};

struct crowd *empty_crowd(const char *url, int n, int h2)
{
	struct crowd *c = calloc(1, sizeof *c);

	c->n = n;
	c->done = calloc((size_t)n, sizeof *c->done);
	c->easy = calloc((size_t)n, sizeof *c->easy);
	c->multi = multi_init();
	multi_setopt(c->multi, MAXCONNECTS, (long)n);
	for (long i = 0; i < n; i++) {
		void *e = (void *)empty_handle(url, 0);

		easy_setopt(e, PRIVATE, (void *)i);
		if (h2) {
			easy_setopt(e, SSL_VERIFYPEER, 0L);
			easy_setopt(e, HTTP_VERSION, 4L);
			easy_setopt(e, PIPEWAIT, 1L);
		}
		c->easy[i] = e;
	}
	return c;
}

void empty_crowd_url(struct crowd *c, const char *url)
{
	for (int i = 0; i < c->n; i++)
		easy_setopt(c->easy[i], URL, url);
}

void empty_crowd_add(struct crowd *c, int i)
{
	multi_add_handle(c->multi, c->easy[i]);
}

void empty_crowd_wake(struct crowd *c)
{
	multi_wakeup(c->multi);
}

int empty_crowd_turn(struct crowd *c, int ms)
{
	int running, left, n = 0, ready;
	struct message *m;

	if (ms)
		multi_poll(c->multi, NULL, 0, ms, &ready);
	multi_perform(c->multi, &running);
	while ((m = multi_info_read(c->multi, &left))) {
		char *i = NULL;
		void *e = m->easy;

		if (m->data.result)
			return -1;
		easy_getinfo(e, GET_PRIVATE, &i);
		multi_remove_handle(c->multi, e);
		c->done[n++] = (int)(intptr_t)i;
	}
	return n;
}

int empty_crowd_done(struct crowd *c, int i)
{
	return c->done[i];
}
