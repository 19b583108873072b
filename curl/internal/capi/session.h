/* TLS sessions out of libcurl's cache and back. They are copied while libcurl holds the lock of the cache: no Go function
 * runs under it. */
#ifndef GOCURL_SESSION_H
#define GOCURL_SESSION_H

#include "cell.h"

struct gocurl_session {
	struct gocurl_session *next;
	char *key;           /* NULL when it was imported by its hash only */
	unsigned char *hash; /* the three texts follow the struct in the same memory */
	size_t hash_len;
	unsigned char *data;
	size_t data_len;
	char *alpn; /* or NULL */
	int64_t valid_until;
	int tls;
	uint64_t early;
};

/* A CURLcode; *list is freed with gocurl_sessions_free in either case. */
int gocurl_cell_sessions(struct gocurl_cell *c, struct gocurl_session **list);
void gocurl_sessions_free(struct gocurl_session *list);

/* key or hash names the server; a CURLcode. */
int gocurl_cell_import(struct gocurl_cell *c, const char *key, const void *hash, size_t hash_len, const void *data, size_t data_len);

#endif
