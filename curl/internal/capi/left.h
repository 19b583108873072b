/* What a transfer leaves unread when it stops reading from an HTTP/2 connection that others use, too.
 *
 * Since 8.15.0 libcurl has OpenSSL read ahead, and AWS-LC: what has come for other streams leaves the socket together with
 * what the transfer wants, and waits in the TLS library's memory. While the transfer wants more, libcurl gives it one turn
 * after the other. But one whose stream has ended stops reading at that, and then, as when it pauses, has no more turns. In
 * libcurl 7.88.1 a stream that pauses keeps back the frames of others besides.
 *
 * A turn of any other transfer of the connection would do. In curl_multi_perform everyone has one. In
 * curl_multi_socket_action nobody has before the socket brings more, which may be never. So before an engine waits, it has
 * libcurl treat such a socket as if it had. */
#ifndef GOCURL_LEFT_H
#define GOCURL_LEFT_H

#include "driver.h"

struct gocurl_cell;

/* The cell's transfer reads no more from its connection, for now (it pauses) or for ever. It may be inside a callback. */
void gocurl_left(struct gocurl_cell *c, int pauses);
#ifdef GOCURL_EPOLL
/* The transfers of this socket are about to get their turn. */
void gocurl_left_forget(struct gocurl_driver *d, int fd);
/* Gives it to those of all others, but for sockets that are ready. What gocurl_driver_note says. */
int gocurl_left_read(struct gocurl_driver *d);
#endif

#endif
