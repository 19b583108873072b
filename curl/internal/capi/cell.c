#include "cas.h"
#include "cell.h"
#include "clear.h"
#include "confine.h"
#include "files.h"
#include "fold.h"
#include "hsts.h"
#include "load.h"
#include "lookup.h"
#include "meter.h"
#include "sink.h"
#include "sockets.h"
#include "spare.h"
#include "stash.h"
#include "url.h"
#include "zcallbacks.h"

void *gocurl_alloc(size_t n)
{
	return malloc(n ? n : 1);
}

void gocurl_release(void *p)
{
	free(p);
}

/* A handle without any option of its user. Before 8.3.0 redirects went on for ever, and two servers could keep a transfer. */
static CURLcode begin_anew(struct gocurl_cell *c)
{
	CURLcode rc = gocurl_cell_defaults(c);

	gocurl_cas_set(c);
	gocurl_sink_stderr(c->easy);
	if (gocurl_version_num() < 0x080300)
		gocurl_fn.easy_setopt(c->easy, CURLOPT_MAXREDIRS, 30L);
	return rc;
}

struct gocurl_cell *gocurl_cell_new(uintptr_t key)
{
	struct gocurl_cell *c = calloc(1, sizeof *c);

	if (!c)
		return NULL;
	c->key = key;
	c->holds = 1;
	c->easy = gocurl_fn.easy_init();
	if (c->easy)
		gocurl_spare_handles(1);
	if (!c->easy || begin_anew(c)) {
		gocurl_cell_free(c);
		return NULL;
	}
	return c;
}

/* What every handle has, whatever its user sets: DESIGN's defaults for a Go process. */
int gocurl_cell_defaults(struct gocurl_cell *c)
{
	CURL *e = c->easy;
	CURLcode rc;

	/* Without NOSIGNAL libcurl changes the process's SIGPIPE and SIGALRM handlers under the Go runtime. */
	if ((rc = gocurl_fn.easy_setopt(e, CURLOPT_NOSIGNAL, 1L)) ||
	    (rc = gocurl_fn.easy_setopt(e, CURLOPT_PRIVATE, (void *)c)) ||
	    (rc = gocurl_fn.easy_setopt(e, CURLOPT_ERRORBUFFER, c->error)) ||
	    (rc = gocurl_fn.easy_setopt(e, CURLOPT_WRITEFUNCTION, gocurl_sink_write)) ||
	    (rc = gocurl_fn.easy_setopt(e, CURLOPT_WRITEDATA, (void *)c)) ||
	    (rc = gocurl_fn.easy_setopt(e, CURLOPT_READFUNCTION, gocurl_sink_read)) ||
	    (rc = gocurl_fn.easy_setopt(e, CURLOPT_READDATA, (void *)c)))
		return rc;
	if (gocurl_fold_here() && (rc = gocurl_set_function(c, CURLOPT_HEADERFUNCTION, 0)))
		return rc;
	/* 7.87.0: removing a resolving handle no longer waits for its resolver thread. Older: unknown, no harm. */
	gocurl_fn.easy_setopt(e, CURLOPT_QUICK_EXIT, 1L);
	if (gocurl_lookup_counted() && ((rc = gocurl_fn.easy_setopt(e, CURLOPT_RESOLVER_START_FUNCTION, gocurl_lookup_function())) ||
	                                (rc = gocurl_fn.easy_setopt(e, CURLOPT_RESOLVER_START_DATA, (void *)c))))
		return rc;
	return 0;
}

static void free_owned(struct gocurl_owned *o)
{
	if (o->is_list)
		gocurl_fn.slist_free_all(o->mem);
	else
		free(o->mem);
	free(o);
}

static void free_all_owned(struct gocurl_cell *c)
{
	if (c->url)
		gocurl_fn.url_cleanup(c->url);
	c->url = NULL;
	gocurl_files_note(c, CURLOPT_COOKIEFILE, NULL);
	gocurl_files_note(c, CURLOPT_HSTS, NULL);
	while (c->owned) {
		struct gocurl_owned *o = c->owned;
		c->owned = o->next;
		free_owned(o);
	}
}

void *gocurl_own_find(struct gocurl_cell *c, int32_t id)
{
	for (struct gocurl_owned *o = c->owned; o; o = o->next)
		if (o->id == id)
			return o->mem;
	return NULL;
}

/* Records mem (NULL: nothing any more) as what option id borrows, and frees what it borrowed before. The option must
 * hold the new value already: libcurl never sees freed memory. */
void gocurl_own(struct gocurl_cell *c, int32_t id, int is_list, void *mem, int64_t len)
{
	struct gocurl_owned **p = &c->owned, *o;

	while ((o = *p) && o->id != id)
		p = &o->next;
	if (o) {
		*p = o->next;
		free_owned(o);
	}
	if (!mem)
		return;
	o = malloc(sizeof *o);
	if (!o)
		return; /* leaks mem rather than leaving libcurl with a freed pointer */
	o->id = id;
	o->is_list = is_list;
	o->len = len;
	o->mem = mem;
	o->next = c->owned;
	c->owned = o;
}

void gocurl_cell_reset(struct gocurl_cell *c)
{
	struct gocurl_share *in = gocurl_confine_enter_quiet(c->confined);

	gocurl_clear_state(c);
	gocurl_fn.easy_reset(c->easy);
	gocurl_confine_leave_quiet(in);
	gocurl_mime_free(c);
	free_all_owned(c);
	c->error[0] = 0;
	c->keep = c->no_source = c->posting = c->signing = c->debugging = c->wildcard = c->secures = c->upload_buffer = 0;
	c->verbose = c->listening = c->fold = 0;
	c->receive_buffer = c->paced = c->guarded = c->talks = c->progress_on = c->metered = 0;
	c->discarded = 0;
	c->functions = 0;
	c->maxconnects = 0;
	c->claimed = NULL;
	c->timeout = c->source = c->file_size = c->post_size = 0;
	c->converts = c->converts_text = c->resumes = 0;
	c->method = 0;
	c->jar = 0;
	gocurl_hsts_reset(c);
	begin_anew(c);
}

void gocurl_cell_begin(struct gocurl_cell *c, struct gocurl_driver *d)
{
	c->error[0] = 0;
	c->no_source = c->strayed = 0;
	c->discarded = 0;
	c->has_paused = 0;
	c->driver = d;
	gocurl_files_begin(c);
	gocurl_ending_begin(c);
	gocurl_fold_begin(c);
	gocurl_meter_start(c);
	/* 7.88.1 and older forget it with every transfer, of whatever protocol, and called the functions with NULL. */
	if (gocurl_cell_has(c, GOCURL_FUNCTION_CHUNK_BGN_FUNCTION) || gocurl_cell_has(c, GOCURL_FUNCTION_CHUNK_END_FUNCTION))
		gocurl_fn.easy_setopt(c->easy, CURLOPT_CHUNK_DATA, (void *)c);
}

uintptr_t gocurl_cell_listener(struct gocurl_cell *c)
{
	return !c->pooled || ((c->attached || c->leaving) && gocurl_work_for(c)) ? c->key : 0;
}

/* An older libcurl refuses, and uses what it has. */
static void fit(struct gocurl_cell *c, CURLoption size, uint8_t *whose, int large, long ours, long usual)
{
	if (*whose == GOCURL_BUFFER_USERS || large == (*whose == GOCURL_BUFFER_OURS))
		return;
	gocurl_fn.easy_setopt(c->easy, size, large ? ours : usual);
	*whose = large ? GOCURL_BUFFER_OURS : GOCURL_BUFFER_DEFAULT;
}

/* libcurl takes 16 KiB to 2 MiB, 64 KiB if not told (7.62.0). */
void gocurl_cell_fit_upload(struct gocurl_cell *c, int large)
{
	fit(c, CURLOPT_UPLOAD_BUFFERSIZE, &c->upload_buffer, large, 2 * 1024 * 1024L, 64 * 1024L);
}

/* libcurl takes up to 10 MiB, 16 KiB if not told. With a limited speed it takes a bufferful at once, then waits until that
 * was slow enough. */
void gocurl_cell_fit_receive(struct gocurl_cell *c, int large)
{
	if (!large || !c->paced)
		fit(c, CURLOPT_BUFFERSIZE, &c->receive_buffer, large, 64 * 1024L, 16 * 1024L);
}

void gocurl_cell_retire(struct gocurl_cell *c)
{
	struct gocurl_share *in = gocurl_confine_enter(c->confined);

	if (c->easy) {
		gocurl_stash_purge(c);
		gocurl_files_end(c);
		gocurl_fn.easy_cleanup(c->easy);
		gocurl_spare_handles(-1);
	}
	c->easy = NULL;
	c->confined = NULL;
	gocurl_confine_leave(in);
	gocurl_mime_free(c);
	free_all_owned(c);
	gocurl_tape_free(c);
}

void gocurl_cell_free(struct gocurl_cell *c)
{
	gocurl_cell_retire(c);
	c->key = 0;
	atomic_store(&c->over, 1);
	gocurl_cell_let_go(c);
}

void gocurl_cell_hold(struct gocurl_cell *c)
{
	atomic_fetch_add(&c->holds, 1);
}

void gocurl_cell_let_go(struct gocurl_cell *c)
{
	if (atomic_fetch_sub(&c->holds, 1) != 1)
		return;
	gocurl_claims_drop(&c->claims);
	free(c);
}

int gocurl_cell_unclaimed(struct gocurl_cell *c)
{
	return atomic_load(&c->over) && !gocurl_claimed(&c->claims);
}
