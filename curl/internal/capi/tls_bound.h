/* What the dynamic linker has bound a library's reference to. */
#ifndef GOCURL_TLS_BOUND_H
#define GOCURL_TLS_BOUND_H

/* library is a handle of dlopen's. NULL: it refers to no such function, or is not bound yet, or there is no telling. */
void *gocurl_tls_bound(void *library, const char *name);

#endif
