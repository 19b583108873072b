#include "post.h"
#include "sink.h"
#include "zcallbacks.h"

/* What a POST has to send when it is no post data. */
static CURLcode set_source(struct gocurl_cell *c)
{
	return gocurl_fn.easy_setopt(c->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)(c->source - 1));
}

/* Without post data the request is what it would be without the option: setting NULL alone makes it a POST. */
static CURLcode clear_bytes(struct gocurl_cell *c)
{
	CURLcode rc;

	if (!c->posting)
		return CURLE_OK;
	rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_POSTFIELDS, NULL);
	if (!rc)
		rc = set_source(c);
	if (!rc)
		rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_HTTPGET, 1L);
	if (!rc) {
		c->posting = 0;
		gocurl_method_note(c, CURLOPT_HTTPGET, 1);
		gocurl_own(c, CURLOPT_POSTFIELDS, 0, NULL, 0);
	}
	return rc;
}

static CURLcode set_bytes(struct gocurl_cell *c, char *mem, int64_t len)
{
	CURLcode rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)len);

	if (!rc)
		rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_POSTFIELDS, mem);
	if (rc) { /* the old data is still in place */
		if (c->posting)
			gocurl_fn.easy_setopt(c->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)c->postlen);
		else
			set_source(c);
		return rc;
	}
	gocurl_method_note(c, CURLOPT_POSTFIELDS, 1);
	c->posting = 1;
	c->postlen = len;
	return CURLE_OK;
}

/* COPYPOSTFIELDS is the same here: the copy is ours, which ends in a NUL. From 8.7.0 on there are releases whose RTSP asks
 * for the length of the string, whatever the size is (8.14.1 does, 8.22.0 does not). */
CURLcode gocurl_apply_bytes(struct gocurl_cell *c, struct gocurl_op *op)
{
	CURLcode rc;
	char *mem;

	if (!op->data)
		return clear_bytes(c);
	mem = (char *)op->data;
	if (op->foreign) {
		op->foreign = 0; /* taken over as it is */
	} else {
		mem = gocurl_alloc((size_t)op->n + 1);
		if (!mem)
			return CURLE_OUT_OF_MEMORY;
		memcpy(mem, (const char *)op->data, (size_t)op->n + 1);
	}
	rc = set_bytes(c, mem, op->n);
	if (rc)
		free(mem);
	else
		gocurl_own(c, CURLOPT_POSTFIELDS, 0, mem, op->n);
	return rc;
}

/* The size belongs to the post data: a larger one, or -1 for "up to the NUL", would have libcurl read behind it. */
CURLcode gocurl_fit_post_size(struct gocurl_cell *c, struct gocurl_op *op)
{
	if (!c->posting || (op->id != CURLOPT_POSTFIELDSIZE && op->id != CURLOPT_POSTFIELDSIZE_LARGE))
		return CURLE_OK;
	if (op->n > c->postlen) {
		snprintf(c->error, sizeof c->error, "%lld is more than the %lld bytes of post data", (long long)op->n,
			 (long long)c->postlen);
		return CURLE_BAD_FUNCTION_ARGUMENT;
	}
	if (op->n < 0)
		op->n = c->postlen;
	return CURLE_OK;
}

void gocurl_cell_set_source(struct gocurl_cell *c, int64_t size, int large, int seekless)
{
	c->source = c->post_size = size + 1;
	if (!c->posting)
		set_source(c);
	gocurl_cell_fit_upload(c, large);
	if (!gocurl_cell_has(c, GOCURL_FUNCTION_SEEKFUNCTION))
		gocurl_fn.easy_setopt(c->easy, CURLOPT_SEEKFUNCTION, seekless ? gocurl_sink_seek : (curl_seek_callback)NULL);
}

int64_t gocurl_cell_promised(const struct gocurl_cell *c)
{
	if (c->converts || c->converts_text)
		return -1;
	return (c->method == CURLOPT_POST ? c->post_size : c->file_size) - 1;
}
