/* The functions of the TLS library that libcurl uses, which need not be those that a search by name would find: a process
 * may hold several OpenSSLs (the program's own, libcurl's, one that some plug-in brought along).
 *
 * So the dynamic linker is asked what a reference of libcurl's own is bound to. From the library that this is in, or from
 * what that one needs, come the other functions. Called while libcurl is loaded, under the loader's lock, or when it is. */
#ifndef GOCURL_TLS_FIND_H
#define GOCURL_TLS_FIND_H

#include <stddef.h>

typedef void (*gocurl_any)(void); /* a function whose type the caller knows */

/* A TLS library: what its functions are looked up in, 0 when it cannot be found. */
struct gocurl_tls_home {
	void *library;    /* dlopen's */
	const void *base; /* when its functions have to lie in libcurl's own file: where that begins */
	char file[1024];  /* "" when it is libcurl's own */
};

/* Finds the library that defines the function called anchor, which libcurl calls; failing that, libcurl's file itself,
 * where the whole TLS library may be part of it. */
struct gocurl_tls_home gocurl_tls_home(const char *anchor);

/* A function, or NULL. */
gocurl_any gocurl_tls_function(const struct gocurl_tls_home *home, const char *name);
/* A variable, or NULL. */
const void *gocurl_tls_variable(const struct gocurl_tls_home *home, const char *name);

/* A function of any library that libcurl needs, however indirectly. */
gocurl_any gocurl_tls_anywhere(const char *name);

#endif
