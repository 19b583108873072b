/* What each new socket of a cell is looked at for, before it connects. */
#ifndef GOCURL_SOCKOPT_H
#define GOCURL_SOCKOPT_H

#include "decl.h"

struct gocurl_cell;

/* For the user's function: whether libcurl is to be refused the socket. */
int gocurl_sockopt_refuses(struct gocurl_cell *c, curl_socket_t fd);

/* What stands in for it, NULL where nothing has to. */
curl_sockopt_callback gocurl_sockopt_function(struct gocurl_cell *c);

#endif
