#include "break_off.h"
#include "cell.h"
#include "confine.h"
#include "files.h"
#include "fold.h"
#include "hsts.h"
#include "list.h"
#include "meter.h"
#include "sockets.h"
#include "spare.h"
#include "zcallbacks.h"

static struct curl_slist *copy_list(struct curl_slist *from)
{
	struct gocurl_list to = { NULL, NULL };

	for (; from; from = from->next)
		if (gocurl_list_add(&to, from->data)) {
			gocurl_fn.slist_free_all(to.first);
			return NULL;
		}
	return to.first;
}

/* curl_easy_duphandle shares lists and POSTFIELDS with the original and copies every callback's data pointer. The
 * clone gets memory of its own and its own cell in each of them, so that either handle can go first. It duplicates a MIME
 * tree, but with the sources of the original: the clone gets one of its own. */
static CURLcode reown(struct gocurl_cell *to, struct gocurl_cell *from)
{
	CURLcode rc = CURLE_OK;

	gocurl_fn.easy_setopt(to->easy, CURLOPT_HTTPHEADER, (struct curl_slist *)NULL); /* a node of the original's: list.h */
	for (struct gocurl_owned *o = from->owned; !rc && o; o = o->next) {
		void *mem = o->is_list ? (void *)copy_list(o->mem) : gocurl_alloc((size_t)o->len + 1);
		if (!mem)
			return CURLE_OUT_OF_MEMORY;
		if (o->is_list) {
			rc = gocurl_list_set(to, o->id, mem);
			continue;
		}
		memcpy(mem, o->mem, (size_t)o->len + 1);
		rc = gocurl_fn.easy_setopt(to->easy, o->id, mem);
		if (rc) {
			free(mem);
			return rc;
		}
		gocurl_own(to, o->id, 0, mem, o->len);
	}
	return rc;
}

struct gocurl_cell *gocurl_cell_clone(struct gocurl_cell *from, uintptr_t key, int *failed)
{
	struct gocurl_cell *c = calloc(1, sizeof *c);
	CURLcode rc = CURLE_OUT_OF_MEMORY, files = CURLE_OK;

	if (c) {
		struct gocurl_share *in = gocurl_confine_enter_quiet(from->confined);

		from->cloning = 1;
		gocurl_hsts_before_clone(from);
		c->easy = gocurl_fn.easy_duphandle(from->easy);
		files = gocurl_hsts_after_clone(from, c->easy ? c : NULL);
		from->cloning = 0;
		gocurl_confine_leave_quiet(in);
	}
	if (!c || !c->easy) {
		free(c);
		*failed = rc;
		return NULL;
	}
	gocurl_spare_handles(1);
	c->key = key;
	c->holds = 1;
	c->keep = from->keep;
	c->maxconnects = from->maxconnects;
	c->timeout = from->timeout;
	c->posting = from->posting;
	c->wildcard = from->wildcard;
	c->secures = from->secures;
	c->debugging = from->debugging;
	c->verbose = from->verbose;
	c->listening = from->listening;
	c->postlen = from->postlen;
	c->source = from->source;
	c->file_size = from->file_size;
	c->post_size = from->post_size;
	c->converts = from->converts;
	c->converts_text = from->converts_text;
	c->resumes = from->resumes;
	c->signing = from->signing;
	c->jar = from->jar;
	c->cookies_unread = GOCURL_FILES_NAMED; /* it has the names, and none of what is in the files */
	c->upload_buffer = from->upload_buffer;
	c->receive_buffer = from->receive_buffer;
	c->paced = from->paced;
	gocurl_cell_fit_receive(c, 0);
	rc = files ? files : gocurl_cell_defaults(c);
	if (!rc)
		rc = gocurl_set_functions(c, from->functions, 1);
	gocurl_fold_pause(c);
	if (from->claimed)
		gocurl_cell_claim(c, NULL);
	if (from->guarded) /* what stands in for functions has no bit there */
		gocurl_cell_guard(c);
	if (!rc)
		rc = gocurl_meter_clone(c, from);
	if (!rc)
		rc = reown(c, from);
	if (from->leaving)
		gocurl_broken_off(c);
	if (!rc && from->url) { /* the pointer was copied; the Go side gives the clone one of its own when it needs it */
		rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_CURLU, (CURLU *)NULL);
		if (!rc)
			rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_URL, (char *)NULL);
	}
	if (!rc && from->mime) /* also when a file is gone: 8.14.1 and later would send nothing of it */
		rc = (CURLcode)(gocurl_mime_set(c, from->mime->form) >> 32);
	if (!rc)
		rc = gocurl_method_copy(c, from);
	if (rc) {
		/* what libcurl may still share with the original must not be freed through the clone */
		gocurl_cell_free(c);
		*failed = rc;
		return NULL;
	}
	return c;
}
