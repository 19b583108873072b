#include "cas.h"
#include "cell.h"
#include "clear.h"
#include "confine.h"
#include "files.h"
#include "fold.h"
#include "hsts.h"
#include "list.h"
#include "load.h"
#include "meter.h"
#include "post.h"
#include "share.h"
#include "url.h"
#include "zcallbacks.h"

static CURLcode apply_list(struct gocurl_cell *c, struct gocurl_op *op)
{
	struct gocurl_list list = { NULL, NULL };
	const char *s = (const char *)op->data;

	for (uint32_t i = 0; s && i < op->count; i++, s += strlen(s) + 1)
		if (gocurl_list_add(&list, s)) {
			gocurl_fn.slist_free_all(list.first);
			return CURLE_OUT_OF_MEMORY;
		}
	return gocurl_list_set(c, op->id, list.first);
}

static CURLcode apply_blob(struct gocurl_cell *c, struct gocurl_op *op)
{
	struct curl_blob blob = { (void *)op->data, (size_t)op->n, CURL_BLOB_COPY };
	CURLcode rc = gocurl_fn.easy_setopt(c->easy, op->id, op->data ? &blob : NULL);

	if (!rc)
		gocurl_cas_changed(c, op->id, op->data != 0);
	return rc;
}

/* For apply_watched and gocurl_fit_post_size. */
int gocurl_watched(int32_t id)
{
	switch (id) {
	case CURLOPT_VERBOSE:
	case CURLOPT_NOPROGRESS:
	case CURLOPT_POSTFIELDSIZE:
	case CURLOPT_POSTFIELDSIZE_LARGE:
	case CURLOPT_MAXCONNECTS:
	case CURLOPT_HTTPAUTH:
	case CURLOPT_CONNECT_ONLY:
	case CURLOPT_WILDCARDMATCH:
	case CURLOPT_UPLOAD_BUFFERSIZE:
	case CURLOPT_USE_SSL:
	case CURLOPT_HSTS_CTRL:
		return 1;
	}
	return 0;
}

/* The numbers that note_number is about, by the low bits of their ids: those of long and of curl_off_t differ there. */
#define NOTED(id) [(id) & 1023] = 1
static const uint8_t noted[1024] = {
	NOTED(CURLOPT_TIMEOUT), NOTED(CURLOPT_TIMEOUT_MS), NOTED(CURLOPT_BUFFERSIZE), NOTED(CURLOPT_MAX_RECV_SPEED_LARGE),
	NOTED(CURLOPT_INFILESIZE), NOTED(CURLOPT_INFILESIZE_LARGE), NOTED(CURLOPT_CRLF), NOTED(CURLOPT_TRANSFERTEXT),
	NOTED(CURLOPT_RESUME_FROM), NOTED(CURLOPT_RESUME_FROM_LARGE),
	NOTED(CURLOPT_NOBODY), NOTED(CURLOPT_HTTPGET), NOTED(CURLOPT_POST), NOTED(CURLOPT_UPLOAD), NOTED(CURLOPT_PUT),
};

static const long FRAME = 16 * 1024;

/* What other parts have to know of numbers that are set without further ado. */
static void note_number(struct gocurl_cell *c, int32_t id, int64_t n)
{
	switch (id) {
	case CURLOPT_TIMEOUT_MS: /* a callback may hold back what libcurl has finished (lane_fly.go); and break_off.c puts it back */
		c->timeout = n;
		break;
	case CURLOPT_TIMEOUT:
		c->timeout = n * 1000;
		break;
	case CURLOPT_BUFFERSIZE:
		c->receive_buffer = GOCURL_BUFFER_USERS;
		/* Before 8.1.0 an HTTP/2 transfer stands still when a frame is larger, and 16 KiB is what servers send. */
		if (n < FRAME && gocurl_version_num() < 0x080100)
			gocurl_fn.easy_setopt(c->easy, CURLOPT_BUFFERSIZE, FRAME);
		break;
	case CURLOPT_MAX_RECV_SPEED_LARGE:
		c->paced = n > 0;
		break;
	case CURLOPT_INFILESIZE:
	case CURLOPT_INFILESIZE_LARGE:
		c->file_size = n + 1;
		break;
	case CURLOPT_POSTFIELDSIZE: /* watched, so that it comes here whichever way it was set */
	case CURLOPT_POSTFIELDSIZE_LARGE:
		c->post_size = n + 1;
		break;
	case CURLOPT_RESUME_FROM:
	case CURLOPT_RESUME_FROM_LARGE:
		c->resumes = n != 0;
		break;
	case CURLOPT_CRLF:
		c->converts = n != 0;
		break;
	case CURLOPT_TRANSFERTEXT:
		c->converts_text = n != 0;
		break;
	default:
		gocurl_method_note(c, id, n);
	}
}

/* Releases before 8.21.0 free the entries of a share then, under the hands of its other members. Later ones do nothing. */
static int ends_shared_hsts(const struct gocurl_cell *c, const struct gocurl_op *op)
{
	return op->id == CURLOPT_HSTS_CTRL && !(op->n & CURLHSTS_ENABLE) && c->confined && c->confined->hsts;
}

static CURLcode apply_watched(struct gocurl_cell *c, struct gocurl_op *op)
{
	CURLcode rc = gocurl_fit_post_size(c, op);

	if (ends_shared_hsts(c, op))
		return CURLE_OK;

	if (op->id == CURLOPT_VERBOSE)
		gocurl_fold_pause(c);
	/* It writes to stderr unless a callback is in place first. */
	if (!rc && op->id == CURLOPT_VERBOSE && op->n && !c->debugging) {
		rc = gocurl_set_function(c, CURLOPT_DEBUGFUNCTION, 1);
		c->debugging = !rc;
	}
	if (!rc && op->id == CURLOPT_NOPROGRESS) {
		rc = gocurl_meter_progress(c, !op->n);
		gocurl_meter_go_on(c);
		return rc;
	}
	if (!rc)
		rc = gocurl_fn.easy_setopt(c->easy, op->id, (long)op->n);
	if (!rc && op->id == CURLOPT_VERBOSE)
		c->verbose = op->n != 0;
	gocurl_fold_resume(c);
	if (rc)
		return rc;
	if (op->id == CURLOPT_CONNECT_ONLY)
		c->keep = op->n != 0;
	if (op->id == CURLOPT_WILDCARDMATCH)
		c->wildcard = op->n != 0;
	if (op->id == CURLOPT_USE_SSL)
		c->secures = op->n != CURLUSESSL_NONE;
	if (op->id == CURLOPT_MAXCONNECTS)
		c->maxconnects = (long)op->n;
	if (op->id == CURLOPT_HSTS_CTRL)
		rc = gocurl_hsts_control(c, op->n);
	if (op->id == CURLOPT_UPLOAD_BUFFERSIZE)
		c->upload_buffer = GOCURL_BUFFER_USERS;
	if (op->id == CURLOPT_HTTPAUTH)
		c->signing = 0;
	return rc;
}

static CURLcode apply_off(struct gocurl_cell *c, struct gocurl_op *op)
{
	CURLcode rc = gocurl_fit_post_size(c, op);

	if (!rc)
		rc = gocurl_fn.easy_setopt(c->easy, op->id, (curl_off_t)op->n);
	if (!rc)
		note_number(c, op->id, op->n);
	return rc;
}

static CURLcode apply_string(struct gocurl_cell *c, struct gocurl_op *op)
{
	CURLcode rc;

	if (op->id == CURLOPT_URL && c->url) { /* of the two the last one counts; libcurl goes by the object */
		rc = gocurl_cell_url(c, NULL);
		if (rc)
			return rc;
	}
	if (gocurl_files_about(op->id) && op->data && gocurl_files_has(c, op->id, (const char *)op->data))
		return CURLE_OK;
	rc = op->data ? gocurl_fn.easy_setopt(c->easy, op->id, (const char *)op->data) : gocurl_clear_string(c, op->id);
	if (!rc)
		gocurl_cas_changed(c, op->id, op->data != 0);
	if (!rc && gocurl_files_about(op->id))
		gocurl_files_note(c, op->id, (const char *)op->data);
	if (!rc && op->id == CURLOPT_COOKIEJAR)
		c->jar = op->data != 0;
	if (!op->data) {
		if (op->id == CURLOPT_HSTS)
			c->hsts_kept = c->hsts_listed = 0;
		return rc;
	}
	if (!rc && op->id == CURLOPT_AWS_SIGV4)
		c->signing = 1;
	if (!rc && op->id == CURLOPT_HSTS)
		gocurl_hsts_named(c);
	if (!rc && op->id == CURLOPT_COOKIEFILE)
		c->cookies_unread = GOCURL_FILES_NAMED;
	return rc;
}

static CURLcode apply_function(struct gocurl_cell *c, struct gocurl_op *op)
{
	int on = op->n != 0, progress = op->id == CURLOPT_PROGRESSFUNCTION || op->id == CURLOPT_XFERINFOFUNCTION;
	CURLcode rc = progress ? gocurl_meter_stop(c) : CURLE_OK;

	if (op->id == CURLOPT_DEBUGFUNCTION) {
		gocurl_fold_pause(c);
		c->debugging = on = 1; /* for good: the Go side logs when it has no function */
	}
	if (!rc)
		rc = gocurl_set_function(c, op->id, on);
	gocurl_fold_resume(c);
	if (!rc && progress)
		rc = gocurl_meter_functions(c);
	if (progress)
		gocurl_meter_go_on(c);
	return rc;
}

static CURLcode apply_long(struct gocurl_cell *c, struct gocurl_op *op)
{
	CURLcode rc;

	rc = gocurl_watched(op->id) ? apply_watched(c, op) : gocurl_fn.easy_setopt(c->easy, op->id, (long)op->n);
	if (!rc)
		note_number(c, op->id, op->n);
	return rc;
}

static CURLcode apply_one(struct gocurl_cell *c, struct gocurl_op *op)
{
	switch ((enum gocurl_class)op->class) {
	case GOCURL_LONG:
		return apply_long(c, op);
	case GOCURL_OFF:
		return apply_off(c, op);
	case GOCURL_STRING:
		return apply_string(c, op);
	case GOCURL_LIST:
		return apply_list(c, op);
	case GOCURL_BLOB:
		return apply_blob(c, op);
	case GOCURL_BYTES:
		return gocurl_apply_bytes(c, op);
	case GOCURL_FUNCTION:
		return apply_function(c, op);
	case GOCURL_NO_MEMORY:
		return CURLE_OUT_OF_MEMORY;
	}
	return CURLE_BAD_FUNCTION_ARGUMENT;
}

static void clear_data(struct gocurl_batch *b, int n)
{
	for (int i = 0; i < n; i++)
		if (b->op[i].foreign) {
			free((void *)b->op[i].data);
			b->op[i].foreign = 0;
		}
	memset(b->arena, 0, sizeof b->arena); /* passwords do not stay behind */
}

/* Setting an option only notes its value, but for these two, which call OpenSSL at once. */
static int reaches_tls(const struct gocurl_batch *b, int n)
{
	for (int i = 0; i < n; i++)
		if (b->op[i].id == CURLOPT_SSLENGINE || b->op[i].id == CURLOPT_SSLENGINE_DEFAULT)
			return 1;
	return 0;
}

static int64_t apply(struct gocurl_cell *c, struct gocurl_batch *b, int n)
{
	int tls = reaches_tls(b, n);
	struct gocurl_share *in = (tls ? gocurl_confine_enter : gocurl_confine_enter_quiet)(c->confined);
	CURLcode rc = CURLE_OK;
	int i, data = 0;

	c->error[0] = 0; /* libcurl writes a text only when it has one: never show an old one */
	for (i = 0; i < n; i++) {
		data |= b->op[i].class > GOCURL_OFF;
		rc = apply_one(c, &b->op[i]);
		if (rc) {
			data = 1; /* behind the one refused */
			break;
		}
	}
	if (data)
		clear_data(b, n);
	(tls ? gocurl_confine_leave : gocurl_confine_leave_quiet)(in);
	return (int64_t)rc << 32 | i;
}

/* Two names for one function: Go calls the first with the cgo attribute nocallback, which is a promise. */
int64_t gocurl_cell_apply_quiet(uintptr_t cell, uintptr_t batch, int n)
{
	return apply((struct gocurl_cell *)cell, (struct gocurl_batch *)batch, n);
}

int64_t gocurl_cell_apply_calling(uintptr_t cell, uintptr_t batch, int n)
{
	return apply((struct gocurl_cell *)cell, (struct gocurl_batch *)batch, n);
}

/* libcurl's own work is 6 to 9 ns an option, so the loop has nothing else in it. */
void gocurl_cell_apply_numbers(uintptr_t cell, uintptr_t numbers, int n)
{
	struct gocurl_cell *c = (struct gocurl_cell *)cell;
	const struct gocurl_number *o = (const struct gocurl_number *)numbers;
	__typeof__(curl_easy_setopt) *setopt = gocurl_fn.easy_setopt;
	CURL *e = c->easy;
	CURLcode rc = CURLE_OK;
	int i;

	c->error[0] = 0;
	for (i = 0; i < n; i++, o++) {
		if (sizeof(long) == sizeof(curl_off_t) || o->id < CURLOPTTYPE_OFF_T)
			rc = setopt(e, o->id, (long)o->n);
		else
			rc = setopt(e, o->id, (curl_off_t)o->n);
		if (rc)
			break;
		if (noted[o->id & 1023])
			note_number(c, o->id, o->n);
	}
	c->applied = i;
	c->refusal = rc;
}
