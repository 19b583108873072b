#include "clear.h"
#include "load.h"

/* The type of TLS-SRP login. 7.74.0 takes NULL, and any user name, as "SRP", and another word as none, which is the
 * default. From 7.88.1 on nothing is kept, and that one reads through a NULL for the proxy's type. */
static void clear_srp_type(struct gocurl_cell *c, int32_t id)
{
	if (gocurl_version_num() < 0x075801)
		gocurl_fn.easy_setopt(c->easy, id, "NONE");
	c->error[0] = 0; /* versions in between refuse the word */
}

CURLcode gocurl_clear_string(struct gocurl_cell *c, int32_t id)
{
	CURL *e = c->easy;
	CURLcode rc;

	if (id == CURLOPT_TLSAUTH_TYPE || id == CURLOPT_PROXY_TLSAUTH_TYPE) {
		clear_srp_type(c, id);
		return CURLE_OK;
	}
	rc = gocurl_fn.easy_setopt(e, id, (char *)NULL);
	if (rc)
		return rc;
	switch (id) {
	case CURLOPT_AWS_SIGV4: /* it has replaced HTTPAUTH; no version puts that back */
		if (c->signing)
			rc = gocurl_fn.easy_setopt(e, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		c->signing = 0;
		break;
	case CURLOPT_HAPROXY_CLIENT_IP: /* it has switched HAPROXYPROTOCOL on; 8.14.1 leaves it on */
		rc = gocurl_fn.easy_setopt(e, CURLOPT_HAPROXYPROTOCOL, 0L);
		break;
	case CURLOPT_PROXYUSERPWD: /* 8.14.1 keeps both */
		rc = gocurl_fn.easy_setopt(e, CURLOPT_PROXYUSERNAME, (char *)NULL);
		if (!rc)
			rc = gocurl_fn.easy_setopt(e, CURLOPT_PROXYPASSWORD, (char *)NULL);
		break;
	case CURLOPT_TLSAUTH_USERNAME:
		clear_srp_type(c, CURLOPT_TLSAUTH_TYPE);
		break;
	case CURLOPT_PROXY_TLSAUTH_USERNAME:
		clear_srp_type(c, CURLOPT_PROXY_TLSAUTH_TYPE);
		break;
	}
	return rc;
}

/* Without these the next transfer would walk a freed list, ask for no body (8.14.1 and 8.22.0 copy the flag before they
 * clear it) and number RTSP requests as the last user of the handle wanted. A build without RTSP refuses the numbers. */
void gocurl_clear_state(struct gocurl_cell *c)
{
	gocurl_fn.easy_setopt(c->easy, CURLOPT_RESOLVE, (struct curl_slist *)NULL);
	gocurl_fn.easy_setopt(c->easy, CURLOPT_NOBODY, 0L);
	gocurl_fn.easy_setopt(c->easy, CURLOPT_RTSP_CLIENT_CSEQ, 0L);
	gocurl_fn.easy_setopt(c->easy, CURLOPT_RTSP_SERVER_CSEQ, 0L);
}
