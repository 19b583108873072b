/* What is seen to when a cell's sockets are opened and closed, for what other protocols than HTTP need.
 *
 * Transfers on a driver for many handles stay with HTTP. A server can send one that follows redirects to FTP, which libcurl
 * allows if it is not told otherwise; and for an FTP server that says nothing any more libcurl waits inside a step, up to two
 * minutes, when a transfer or a connection ends. So no socket gets to connect by another protocol there. The members of a confined
 * share have one driver for all protocols, and wait for each other anyway.
 *
 * Elsewhere such a transfer is one that can be ended all the same (meter.h), and whose goodbye is short (goodbye.h). LDAP's
 * sockets are closed once (ldap.h). */
#ifndef GOCURL_SOCKETS_H
#define GOCURL_SOCKETS_H

#include "decl.h"

struct gocurl_cell;
struct gocurl_claims;

/* Has it seen to, from the next transfer on. The cell is at rest. */
void gocurl_cell_guard(struct gocurl_cell *c);
/* The next transfer is by such a protocol, and may have a connection already. */
void gocurl_cell_talk(struct gocurl_cell *c);

/* Has its sockets counted as claims of this from the next transfer on, NULL: not any more; a reset forgets it. The cell is at
 * rest. */
void gocurl_cell_claim(struct gocurl_cell *c, struct gocurl_claims *of);

/* For the user's function: a socket is open; whether libcurl is to be refused it. */
int gocurl_socket_refused(struct gocurl_cell *c, curl_socket_t fd, curlsocktype purpose);
/* For the user's function: it has closed a socket. */
int gocurl_socket_gone(struct gocurl_cell *c, curl_socket_t fd, int answer);

/* Whether its URL at the moment is one of HTTP or WebSocket; so it is when there is none. */
int gocurl_url_is_http(struct gocurl_cell *c);

/* What stands in for the user's functions, NULL where nothing has to. */
curl_sockopt_callback gocurl_socket_opened(struct gocurl_cell *c);
curl_closesocket_callback gocurl_socket_closed(struct gocurl_cell *c);

#endif
