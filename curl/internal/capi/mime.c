#include "mime.h"
#include "cell.h"
#include "zcallbacks.h"

extern size_t gocurlGoMIMERead(uintptr_t key, int number, uint64_t turn, void *p, size_t n);

static uint64_t next_turn(void)
{
	static atomic_uint_least64_t last;

	return atomic_fetch_add(&last, 1) + 1;
}

static size_t ask_source(struct gocurl_source *s, char *p, size_t n)
{
	struct gocurl_cell *c = s->cell;
	struct gocurl_frame f;
	size_t r;

	if (c->taping >> GOCURL_FUNCTION_READFUNCTION & 1)
		return gocurl_tape_read_source(s, p, n);
	gocurl_frame_push(&f, c);
	r = gocurlGoMIMERead(c->key, s->number, s->turn, p, n);
	gocurl_frame_pop(&f);
	return r;
}

/* A pause has a trap: libcurl remembers it for the part, but does not pause the transfer while there is something else to
 * send, such as the headers of the part. Whoever resumes at that moment is told that nothing was paused, and the part is
 * never asked again. So held remembers it as well, and gocurl_cell_pause first pauses what it then resumes. */
static size_t read_source(char *p, size_t size, size_t n, void *arg)
{
	struct gocurl_source *s = arg;
	size_t r = ask_source(s, p, size * n);

	s->cell->held = r == CURL_READFUNC_PAUSE;
	return r;
}

/* libcurl only ever goes back to the start. That is done when it reads again, on the goroutine that reads: so nothing has
 * to answer while a driver waits that others use too. */
static int seek_source(void *arg, curl_off_t offset, int whence)
{
	struct gocurl_source *s = arg;

	if (!s->rewindable || offset != 0 || whence != SEEK_SET)
		return CURL_SEEKFUNC_CANTSEEK;
	s->turn = next_turn();
	gocurl_tape_rewound(s);
	return CURL_SEEKFUNC_OK;
}

static size_t read_memory(char *p, size_t size, size_t n, void *arg)
{
	struct gocurl_source *s = arg;

	n *= size;
	if (n > s->len - s->pos)
		n = s->len - s->pos;
	memcpy(p, s->p + s->pos, n);
	s->pos += n;
	return n;
}

static int seek_memory(void *arg, curl_off_t offset, int whence)
{
	struct gocurl_source *s = arg;

	if (whence != SEEK_SET || offset < 0 || (uint64_t)offset > s->len)
		return CURL_SEEKFUNC_FAIL;
	s->pos = (size_t)offset;
	return CURL_SEEKFUNC_OK;
}

/* Where the building of a tree has got to. */
struct builder {
	struct gocurl_cell *c;
	struct gocurl_mime *m;
	size_t pos; /* in the form */
	int part;   /* number of the part at hand, in the order of the form */
	int reader; /* number of the next source that Go has */
};

static CURLcode add_data(struct builder *b, curl_mimepart *part, const char *p, size_t len)
{
	struct gocurl_source *s;

	if (len < GOCURL_FORM_LARGE)
		return gocurl_fn.mime_data(part, p, len);
	s = &b->m->source[b->m->used++];
	s->p = p;
	s->len = len;
	return gocurl_fn.mime_data_cb(part, (curl_off_t)len, read_memory, seek_memory, NULL, s);
}

static CURLcode add_source(struct builder *b, curl_mimepart *part, const char *p)
{
	struct gocurl_source *s = &b->m->source[b->m->used++];
	struct gocurl_form_source says;

	memcpy(&says, p, sizeof says);
	s->cell = b->c;
	s->number = b->reader++;
	s->rewindable = says.rewindable != 0;
	s->turn = next_turn();
	return gocurl_fn.mime_data_cb(part, (curl_off_t)says.size, read_source, seek_source, NULL, s);
}

static CURLcode add_headers(curl_mimepart *part, const char *p, size_t len)
{
	struct curl_slist *list = NULL, *next;
	const char *end = p + len;
	CURLcode rc;

	for (; p < end; p += strlen(p) + 1) {
		next = gocurl_fn.slist_append(list, p);
		if (!next) {
			gocurl_fn.slist_free_all(list);
			return CURLE_OUT_OF_MEMORY;
		}
		list = next;
	}
	rc = gocurl_fn.mime_headers(part, list, 1);
	if (rc)
		gocurl_fn.slist_free_all(list);
	return rc;
}

/* A libcurl built without MIME has functions that do nothing. */
static CURLcode why_no_tree(void)
{
	return gocurl_fn.mime_name(NULL, "") == CURLE_NOT_BUILT_IN ? CURLE_NOT_BUILT_IN : CURLE_OUT_OF_MEMORY;
}

/* Adds parts up to the end of the form, or of the part that they belong to. Go has seen to it that they are not nested
 * deeply. */
static CURLcode add_parts(struct builder *b, curl_mime *tree)
{
	curl_mimepart *part = NULL;
	struct gocurl_record_of_form r;
	CURLcode rc = CURLE_OK;
	curl_mime *inner;

	while (!rc && gocurl_form_next(b->m->form, &b->pos, &r)) {
		switch (r.tag) {
		case GOCURL_FORM_PART:
			b->part++;
			part = gocurl_fn.mime_addpart(tree);
			rc = part ? CURLE_OK : CURLE_OUT_OF_MEMORY;
			break;
		case GOCURL_FORM_NAME:
			rc = gocurl_fn.mime_name(part, r.p);
			break;
		case GOCURL_FORM_FILENAME:
			rc = gocurl_fn.mime_filename(part, r.p);
			break;
		case GOCURL_FORM_TYPE:
			rc = gocurl_fn.mime_type(part, r.p);
			break;
		case GOCURL_FORM_ENCODER:
			rc = gocurl_fn.mime_encoder(part, r.p);
			break;
		case GOCURL_FORM_HEADERS:
			rc = add_headers(part, r.p, r.len);
			break;
		case GOCURL_FORM_DATA:
			rc = add_data(b, part, r.p, r.len);
			break;
		case GOCURL_FORM_FILE:
			rc = gocurl_fn.mime_filedata(part, r.p);
			break;
		case GOCURL_FORM_SOURCE:
			rc = add_source(b, part, r.p);
			break;
		case GOCURL_FORM_DOWN:
			inner = gocurl_fn.mime_init(b->c->easy);
			rc = inner ? add_parts(b, inner) : CURLE_OUT_OF_MEMORY;
			if (!rc)
				rc = gocurl_fn.mime_subparts(part, inner);
			if (rc && inner)
				gocurl_fn.mime_free(inner);
			break;
		case GOCURL_FORM_UP:
			return CURLE_OK;
		}
	}
	return rc;
}

static void free_mime(struct gocurl_mime *m)
{
	if (!m)
		return;
	if (m->tree)
		gocurl_fn.mime_free(m->tree);
	gocurl_form_drop(m->form);
	free(m);
}

static struct gocurl_mime *build(struct gocurl_cell *c, struct gocurl_form *f, CURLcode *rc, int *part)
{
	struct gocurl_mime *m = calloc(1, sizeof *m + f->sources * sizeof m->source[0]);
	struct builder b = { c, m, 0, -1, 0 };

	*rc = CURLE_OUT_OF_MEMORY;
	if (!m)
		return NULL;
	m->form = gocurl_form_share(f);
	m->tree = gocurl_fn.mime_init(c->easy);
	*rc = m->tree ? add_parts(&b, m->tree) : why_no_tree();
	*part = b.part;
	if (!*rc)
		return m;
	free_mime(m);
	return NULL;
}

/* Setting NULL alone would leave a POST of nothing. */
static int64_t clear(struct gocurl_cell *c)
{
	CURLcode rc;

	if (!c->mime)
		return 0;
	rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_MIMEPOST, (curl_mime *)NULL);
	if (!rc)
		rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_HTTPGET, 1L);
	if (rc)
		return (int64_t)rc << 32 | UINT32_MAX;
	gocurl_method_note(c, CURLOPT_HTTPGET, 1);
	gocurl_mime_free(c);
	return 0;
}

int64_t gocurl_mime_set(struct gocurl_cell *c, struct gocurl_form *f)
{
	struct gocurl_mime *m;
	CURLcode rc;
	int part = -1;

	c->error[0] = 0;
	if (!f)
		return clear(c);
	m = build(c, f, &rc, &part);
	if (m && (rc = gocurl_fn.easy_setopt(c->easy, CURLOPT_MIMEPOST, m->tree))) {
		part = -1;
		free_mime(m);
	}
	if (rc)
		return (int64_t)rc << 32 | (uint32_t)part;
	gocurl_mime_free(c); /* the one before: libcurl has let go of it */
	c->mime = m;
	gocurl_method_note(c, CURLOPT_MIMEPOST, 1);
	return 0;
}

void gocurl_mime_free(struct gocurl_cell *c)
{
	free_mime(c->mime);
	c->mime = NULL;
	c->held = 0;
}
