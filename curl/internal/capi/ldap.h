/* Sockets of LDAP connections, which two close: OpenLDAP does what libcurl has given it when the connection ends, and then
 * libcurl does, whose number may by then be that of a descriptor that another thread has just opened. So it is noted which
 * socket has the number. OpenLDAP gets one of its own to close (ldap_end.h), and where that is not to be had, what is another
 * socket by then, or none, is left alone. */
#ifndef GOCURL_LDAP_H
#define GOCURL_LDAP_H

#include "decl.h"

struct gocurl_cell;

/* Whether the cell's next transfer is in that protocol. Before it is given to a multi handle. */
void gocurl_cell_ldap(struct gocurl_cell *c, int on);

/* What stands in for the user's function, NULL where nothing has to. */
curl_closesocket_callback gocurl_ldap_closesocket(struct gocurl_cell *c);

/* For the user's functions: the cell has opened a socket; whether a socket that is to be closed is already. */
void gocurl_ldap_opened(struct gocurl_cell *c, curl_socket_t fd);
int gocurl_ldap_closed(curl_socket_t fd);
/* Whether it is the number of one that has been opened, and not closed. */
int gocurl_ldap_knows(curl_socket_t fd);

#endif
