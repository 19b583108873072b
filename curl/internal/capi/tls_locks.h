/* What the TLS libraries of old need from the program that uses them with several threads, and how each is asked.
 *
 * Whether to ask is decided in Go (curl/tls_locks.go), from the names in libcurl's text. All of it happens once, under the
 * loader's lock, and before curl_global_init. What is installed are functions of C that stay for good. */
#ifndef GOCURL_TLS_LOCKS_H
#define GOCURL_TLS_LOCKS_H

#include <stddef.h>

enum gocurl_tls_answer {
	GOCURL_TLS_SILENT,    /* it could not be asked */
	GOCURL_TLS_SAFE,      /* it locks for itself */
	GOCURL_TLS_UNSAFE,    /* it does not, and nothing can be installed */
	GOCURL_TLS_INSTALLED, /* it needed functions of ours, and has them now */
	GOCURL_TLS_THEIRS     /* it needed functions, and has somebody else's, who was first */
};

struct gocurl_tls_found {
	enum gocurl_tls_answer answer;
	unsigned long version; /* in the library's own encoding; 0: not told */
	int layer;             /* wolfSSL's OpenSSL-compatible one is there */
	char text[64];         /* version in words, where the library gives no number */
	char file[1024];       /* where it was found; "" in libcurl itself, or not at all */
};

/* OpenSSL before 1.1.0: the functions that lock and that name a thread. */
struct gocurl_tls_found gocurl_tls_openssl(void);
/* libgcrypt before 1.6, which GnuTLS used to be based on: its thread callbacks. */
struct gocurl_tls_found gocurl_tls_gcrypt(void);
/* mbedTLS is built with threads or without. */
struct gocurl_tls_found gocurl_tls_mbedtls(void);
/* So is wolfSSL. */
struct gocurl_tls_found gocurl_tls_wolfssl(void);

/* For tests: how often OpenSSL or libgcrypt has taken one of our locks. */
unsigned long gocurl_tls_openssl_taken(void);
unsigned long gocurl_tls_gcrypt_taken(void);

#endif
