/* What has arrived for a paused transfer and was not handed over.
 *
 * Up to 8.6 it lies in the easy handle, and when the transfer ends while others use its connection, as with HTTP/2, libcurl
 * forgets to drop it (multi_done): it is the beginning of what a later transfer of the handle gets after a pause, and lost
 * memory in the end. To resume the transfer drops it, with functions in place that take everything. */
#ifndef GOCURL_STASH_H
#define GOCURL_STASH_H

struct gocurl_cell;

/* Before curl_multi_remove_handle of a transfer that is not over. */
void gocurl_stash_drop(struct gocurl_cell *c);
/* After it, of one that libcurl has ended: there is no way to drop it any more, and the cell may be stale. */
void gocurl_stash_left(struct gocurl_cell *c);
/* Before the handle of a stale cell is freed: the end of any transfer on a connection of its own does drop it. */
void gocurl_stash_purge(struct gocurl_cell *c);

#endif
