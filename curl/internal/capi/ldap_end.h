/* The end of a connection in OpenLDAP, which closes the socket that libcurl has given it. libcurl goes on with the number:
 * since 8.10.0 it even reads what is left there, which by then may be the answer that another thread waits for. So OpenLDAP
 * is given another descriptor of the socket when its end comes, and closes that one. */
#ifndef GOCURL_LDAP_END_H
#define GOCURL_LDAP_END_H

/* Has OpenLDAP tell of such ends from now on, when libcurl uses it and its functions are found. Of no more than sockets of
 * libcurl's (ldap.h) is anything changed: others of the process may use the library, too. OpenLDAP gets itself ready for that,
 * which may take it a while: so it is called where libcurl would have it do so next, inside a step. */
void gocurl_ldap_hear_of_ends(void);

#endif
