#include "ending.h"
#include "cell.h"
#include "clock.h"
#include "driver.h"

/* libcurl asks some ten times in a step that does not wait, one question after the other, and a thousand times for 16 MiB of a
 * local file. Where nobody else gets a turn it may go on for a second: by the clock alone, a machine that stood still would look
 * like that. Where it waits it asks as often as the peer says something, and at least once a second. */
enum { MANY = 1000, NOW_AND_THEN = 64 };
enum { TOO_LONG = 1000, A_WAIT = 10, WAITED = 250 }; /* milliseconds; two ticks of the clock are 8 */

void gocurl_ending_begin(struct gocurl_cell *c)
{
	struct gocurl_ending *e = &c->ending;

	e->asked = e->said = e->cut = 0;
	e->moved = 0;
	e->begun = c->timeout ? gocurl_now_roughly() : 0;
}

void gocurl_ending_want(struct gocurl_cell *c)
{
	__atomic_store_n(&c->ending.wanted, gocurl_ms(), __ATOMIC_RELAXED);
}

static int wanted(const struct gocurl_ending *e)
{
	return __atomic_load_n(&e->wanted, __ATOMIC_RELAXED) || e->said || e->cut;
}

/* Looks at the clock, because there have been so many questions. A local file's are no sign of anything. */
static void look(struct gocurl_driver *d, struct gocurl_cell *c)
{
	struct gocurl_ending *e = &c->ending;

	if (d->asking.count == MANY)
		d->asking.since = gocurl_ms();
	if (gocurl_scheme_is(c, "file"))
		return;
	if (e->begun && (gocurl_now_roughly() - e->begun) / 1000 >= c->timeout)
		e->cut = GOCURL_CUT_OVERDUE; /* libcurl looks at no clock there */
	else if (d->shared && !d->confined && gocurl_ms() - d->asking.since >= TOO_LONG)
		e->cut = GOCURL_CUT_HOLDS_UP;
}

static void count(struct gocurl_driver *d, struct gocurl_cell *c)
{
	struct gocurl_asking *a = &d->asking;

	a->again = a->of == c && a->step == d->steps;
	if (!a->again) {
		a->of = c;
		a->step = d->steps;
		a->count = 0;
		a->waited = 0;
	}
	a->count++;
	if (a->count >= MANY && (a->count - MANY) % NOW_AND_THEN == 0 && !c->ending.cut)
		look(d, c);
}

int gocurl_ending_asked(struct gocurl_cell *c, int64_t moved)
{
	struct gocurl_ending *e = &c->ending;

	e->moves = moved != e->moved;
	e->moved = moved;
	if (c->driver)
		count(c->driver, c);
	return wanted(e);
}

static int requested(struct gocurl_cell *c)
{
	double seconds = 0;

	return gocurl_fn.easy_getinfo(c->easy, CURLINFO_PRETRANSFER_TIME, &seconds) || seconds > 0;
}

/* The shorter of the time until t since then, unless that is unknown, and another. */
static uint32_t nearer(uint32_t t, uint32_t then, uint32_t other)
{
	return then && t - then < other ? t - then : other;
}

/* How long libcurl has done nothing else than to wait for the transfer that is to end: no callback took that time, and it was to
 * end already. */
static uint32_t gap(struct gocurl_ending *e, uint32_t t)
{
	const uint32_t unknown = UINT32_MAX;
	uint32_t n = nearer(t, __atomic_load_n(&e->wanted, __ATOMIC_RELAXED), unknown);

	n = nearer(t, e->asked, n);
	if (n == unknown)
		return 0;
	return nearer(t, __atomic_load_n(&e->back, __ATOMIC_RELAXED), n);
}

int gocurl_ending_told(struct gocurl_cell *c)
{
	struct gocurl_ending *e = &c->ending;
	struct gocurl_driver *d = c->driver;
	uint32_t t, waited;

	if (!d || (!c->keep && !requested(c)))
		return 1;
	if (gocurl_scheme_is(c, "file"))
		return e->moves;
	t = gocurl_ms();
	waited = gap(e, t);
	e->asked = t;
	if (d->asking.count >= MANY)
		return t - d->asking.since >= WAITED;
	if (!d->asking.again || waited < A_WAIT)
		return 0;
	d->asking.waited += waited;
	return d->asking.waited >= WAITED;
}

int gocurl_ending_answer(struct gocurl_cell *c, int said)
{
	if (said)
		c->ending.said = (uint8_t)said;
	return wanted(&c->ending) && gocurl_ending_told(c); /* the function may have called Cancel */
}
