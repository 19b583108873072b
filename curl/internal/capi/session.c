#include "session.h"
#include "confine.h"

struct gocurl_sessions {
	struct gocurl_session *first, **end;
};

static void *append(unsigned char **room, const void *p, size_t n)
{
	void *at = *room;

	if (!p)
		return NULL;
	memcpy(at, p, n);
	*room += n;
	return at;
}

static CURLcode keep(CURL *easy, void *list, const char *key, const unsigned char *hash, size_t hash_len, const unsigned char *data,
		     size_t data_len, curl_off_t valid_until, int tls, const char *alpn, size_t early)
{
	struct gocurl_sessions *to = list;
	size_t key_len = key ? strlen(key) + 1 : 0, alpn_len = alpn ? strlen(alpn) + 1 : 0;
	struct gocurl_session *s = malloc(sizeof *s + key_len + hash_len + data_len + alpn_len);
	unsigned char *room = (unsigned char *)(s + 1);

	(void)easy;
	if (!s)
		return CURLE_OUT_OF_MEMORY;
	s->next = NULL;
	s->key = append(&room, key, key_len);
	s->hash = append(&room, hash, hash_len);
	s->hash_len = hash_len;
	s->data = append(&room, data, data_len);
	s->data_len = data_len;
	s->alpn = append(&room, alpn, alpn_len);
	s->valid_until = valid_until;
	s->tls = tls;
	s->early = early;
	*to->end = s;
	to->end = &s->next;
	return CURLE_OK;
}

int gocurl_cell_sessions(struct gocurl_cell *c, struct gocurl_session **list)
{
	struct gocurl_share *in = gocurl_confine_enter(c->confined);
	struct gocurl_sessions all = { NULL, &all.first };
	int rc;

	c->error[0] = 0;
	rc = gocurl_fn.easy_ssls_export(c->easy, keep, &all);
	gocurl_confine_leave(in);
	*list = all.first;
	return rc;
}

void gocurl_sessions_free(struct gocurl_session *s)
{
	while (s) {
		struct gocurl_session *next = s->next;
		free(s);
		s = next;
	}
}

int gocurl_cell_import(struct gocurl_cell *c, const char *key, const void *hash, size_t hash_len, const void *data, size_t data_len)
{
	struct gocurl_share *in = gocurl_confine_enter(c->confined);
	int rc;

	c->error[0] = 0;
	rc = gocurl_fn.easy_ssls_import(c->easy, key, hash, hash_len, data, data_len);
	gocurl_confine_leave(in);
	return rc;
}
