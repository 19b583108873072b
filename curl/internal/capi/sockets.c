#include "sockets.h"
#include "cell.h"
#include "driver.h"
#include "ldap.h"
#include "zcallbacks.h"

#include <strings.h>

void gocurl_cell_guard(struct gocurl_cell *c)
{
	c->guarded = 1;
	if (!gocurl_cell_has(c, GOCURL_FUNCTION_SOCKOPTFUNCTION))
		gocurl_set_function(c, CURLOPT_SOCKOPTFUNCTION, 0);
	if (!gocurl_cell_has(c, GOCURL_FUNCTION_CLOSESOCKETFUNCTION))
		gocurl_set_function(c, CURLOPT_CLOSESOCKETFUNCTION, 0);
}

void gocurl_cell_talk(struct gocurl_cell *c)
{
	c->talks = 1;
}

void gocurl_cell_claim(struct gocurl_cell *c, struct gocurl_claims *of)
{
	c->claimed = of;
	if (!gocurl_cell_has(c, GOCURL_FUNCTION_SOCKOPTFUNCTION))
		gocurl_set_function(c, CURLOPT_SOCKOPTFUNCTION, 0);
}

static int begins(const char *url, const char *const *schemes)
{
	for (; *schemes; schemes++)
		if (!strncasecmp(url, *schemes, strlen(*schemes)))
			return 1;
	return 0;
}

static int strays(struct gocurl_cell *c)
{
	if (!c->driver || !c->driver->shared || c->driver->confined)
		return 0;
	c->strayed = 1;
	return 1;
}

/* By the time that libcurl connects every URL has a scheme, that of a redirect is the new one's. NULL: there is none. */
static const char *url_of(struct gocurl_cell *c)
{
	char *url = NULL;

	return gocurl_fn.easy_getinfo(c->easy, CURLINFO_EFFECTIVE_URL, &url) ? NULL : url;
}

int gocurl_url_is_http(struct gocurl_cell *c)
{
	static const char *const http[] = { "http:", "https:", "ws:", "wss:", NULL };
	const char *url = url_of(c);

	return !url || begins(url, http);
}

static int refused(struct gocurl_cell *c, curl_socket_t fd)
{
	static const char *const ldap[] = { "ldap:", "ldaps:", NULL };

	if (gocurl_url_is_http(c))
		return 0;
	if (strays(c))
		return 1;
	gocurl_cell_talk(c);
	if (begins(url_of(c), ldap))
		gocurl_ldap_opened(fd);
	return 0;
}

/* One that was accepted, for FTP, libcurl closes itself. */
static void count(struct gocurl_cell *c, curl_socket_t fd, curlsocktype purpose)
{
	if (c->claimed && purpose == CURLSOCKTYPE_IPCXN)
		gocurl_claim(c->claimed, fd);
}

int gocurl_socket_refused(struct gocurl_cell *c, curl_socket_t fd, curlsocktype purpose)
{
	count(c, fd, purpose);
	return refused(c, fd);
}

static int opened(void *cell, curl_socket_t fd, curlsocktype purpose)
{
	struct gocurl_cell *c = cell;

	count(c, fd, purpose);
	return c->guarded && refused(c, fd) ? CURL_SOCKOPT_ERROR : CURL_SOCKOPT_OK;
}

curl_sockopt_callback gocurl_socket_opened(struct gocurl_cell *c)
{
	return c->guarded || c->claimed ? opened : NULL;
}

int gocurl_socket_gone(struct gocurl_cell *c, curl_socket_t fd, int answer)
{
	gocurl_claim_end(&c->claims, fd); /* and nothing of c any more */
	return answer;
}

curl_closesocket_callback gocurl_socket_closed(struct gocurl_cell *c)
{
	return c->guarded ? gocurl_ldap_close : NULL;
}
