/* Sockets of LDAP connections, which two close: OpenLDAP does what libcurl has given it when the connection ends, and then
 * libcurl does, whose number may by then be that of a descriptor that another thread has just opened. So it is noted which
 * socket has the number. OpenLDAP gets one of its own to close (ldap_end.h), and where that is not to be had, what is another
 * socket by then, or none, is left alone. */
#ifndef GOCURL_LDAP_H
#define GOCURL_LDAP_H

#include "decl.h"

/* One was opened; whether a socket that is to be closed, of whatever protocol, is already. */
void gocurl_ldap_opened(curl_socket_t fd);
int gocurl_ldap_closed(curl_socket_t fd);
/* Closes it unless it is: for those who have no function. */
int gocurl_ldap_close(void *cell, curl_socket_t fd);
/* Whether it is the number of one that has been opened, and not closed. */
int gocurl_ldap_knows(curl_socket_t fd);

#endif
