#include "load.h"
#include "tls_set.h"

const curl_ssl_backend **gocurl_tls_list(void)
{
	const curl_ssl_backend **list = NULL;

	/* There is no such library: so nothing is chosen, and the list is filled (7.60.0). */
	gocurl_fn.global_sslset((curl_sslbackend)-1, NULL, &list);
	return list;
}

int gocurl_tls_set(int id)
{
	const curl_ssl_backend **list = NULL;

	return gocurl_fn.global_sslset((curl_sslbackend)id, NULL, &list);
}

int gocurl_tls_active(void)
{
	CURL *e = gocurl_fn.easy_init();
	struct curl_tlssessioninfo *info = NULL;
	int id = 0;

	if (!e)
		return 0;
	if (!gocurl_fn.easy_getinfo(e, CURLINFO_TLS_SSL_PTR, &info) && info)
		id = (int)info->backend;
	gocurl_fn.easy_cleanup(e);
	return id;
}
