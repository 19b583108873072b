/* Transfers on a driver for many handles stay with HTTP. A server can send one that follows redirects to FTP, which libcurl
 * allows if it is not told otherwise; and for an FTP server that says nothing any more libcurl waits inside a step, up to two
 * minutes, when a transfer or a connection ends. So no socket is opened for another protocol there.
 *
 * The members of a confined share have one driver for all protocols, and wait for each other anyway. */
#ifndef GOCURL_STAY_H
#define GOCURL_STAY_H

#include "decl.h"

struct gocurl_cell;

/* Has the cell's transfers stay, on the drivers where that matters. The cell is at rest. */
void gocurl_cell_stay(struct gocurl_cell *c);

/* The cell, which goes by another protocol now, has opened a socket: whether it is not to be used. */
int gocurl_strays(struct gocurl_cell *c);

#endif
