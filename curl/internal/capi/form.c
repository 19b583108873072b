#include "form.h"

enum { HEAD = 1 + sizeof(uint64_t) };

struct gocurl_form *gocurl_form_new(const void *bytes, size_t len)
{
	struct gocurl_form *f = malloc(sizeof *f + len);
	struct gocurl_record_of_form r;

	if (!f)
		return NULL;
	f->refs = 1;
	f->sources = 0;
	f->len = len;
	if (len)
		memcpy(f->bytes, bytes, len);
	for (size_t pos = 0; gocurl_form_next(f, &pos, &r);)
		f->sources += r.tag == GOCURL_FORM_SOURCE || (r.tag == GOCURL_FORM_DATA && r.len >= GOCURL_FORM_LARGE);
	return f;
}

struct gocurl_form *gocurl_form_share(struct gocurl_form *f)
{
	if (f)
		atomic_fetch_add(&f->refs, 1);
	return f;
}

void gocurl_form_drop(struct gocurl_form *f)
{
	if (f && atomic_fetch_sub(&f->refs, 1) == 1)
		free(f);
}

int gocurl_form_next(const struct gocurl_form *f, size_t *pos, struct gocurl_record_of_form *r)
{
	const char *p = f->bytes + *pos;
	uint64_t len;

	if (*pos == f->len)
		return 0;
	memcpy(&len, p + 1, sizeof len);
	r->tag = (enum gocurl_form_tag)(unsigned char)*p;
	r->p = p + HEAD;
	r->len = (size_t)len;
	*pos += HEAD + (size_t)len + 1;
	return 1;
}
