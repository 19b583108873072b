/* TELNET waits inside one call into libcurl from the beginning of a session to its end. It asks for what is typed ten times
 * a second all the while, whether or not it is an upload, which is the only moment to end it in; and it goes on while it is
 * paused, and at the end loses what came meanwhile. */
#ifndef GOCURL_TELNET_H
#define GOCURL_TELNET_H

#include "decl.h"

struct gocurl_cell;

/* Whether the transfer in flight is one. */
int gocurl_telnet(struct gocurl_cell *c);
/* For a session in which nobody types: it goes on until Go says that it has been stopped. What a read callback answers. */
size_t gocurl_telnet_listen(struct gocurl_cell *c);

#endif
