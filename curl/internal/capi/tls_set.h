/* The TLS libraries that libcurl was built with. Called under the loader's lock. */
#ifndef GOCURL_TLS_SET_H
#define GOCURL_TLS_SET_H

#include "decl.h"

/* All of them, ended by NULL; NULL when there is none. */
const curl_ssl_backend **gocurl_tls_list(void);
/* Chooses one, before curl_global_init; a CURLsslset. */
int gocurl_tls_set(int id);
/* The one in use, as a CURLSSLBACKEND_ number; after curl_global_init. */
int gocurl_tls_active(void);

#endif
