#include "sockopt.h"
#include "cell.h"
#include "ldap.h"
#include "meter.h"
#include "stay.h"

#include <strings.h>

/* By the time that libcurl connects every URL has a scheme. */
static int begins(const char *url, const char *const *schemes)
{
	for (; *schemes; schemes++)
		if (!strncasecmp(url, *schemes, strlen(*schemes)))
			return 1;
	return 0;
}

int gocurl_sockopt_refuses(struct gocurl_cell *c, curl_socket_t fd)
{
	static const char *const http[] = { "http://", "https://", "ws://", "wss://", NULL };
	static const char *const ssh[] = { "scp://", "sftp://", NULL }; /* whose goodbye libcurl limits to a second itself */
	char *url = NULL;

	gocurl_fn.easy_getinfo(c->easy, CURLINFO_EFFECTIVE_URL, &url);
	if (url && !begins(url, http)) {
		if (gocurl_strays(c))
			return 1;
		if (!begins(url, ssh)) {
			c->talks = 1;
			gocurl_meter_start(c);
		}
	}
	gocurl_ldap_opened(c, fd);
	return 0;
}

static int opened(void *cell, curl_socket_t fd, curlsocktype purpose)
{
	(void)purpose;
	return gocurl_sockopt_refuses(cell, fd) ? CURL_SOCKOPT_ERROR : CURL_SOCKOPT_OK;
}

curl_sockopt_callback gocurl_sockopt_function(struct gocurl_cell *c)
{
	return c->ldap || c->stays ? opened : NULL;
}
