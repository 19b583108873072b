/* Transfers that libcurl does not come out of: for some answers of servers other than HTTP it waits inside a step, for one
 * to two minutes, FTP's after the data or to QUIT for example; and a proxy whose refusal goes on and on, or a server that sends
 * one HTTP/2 frame after the other, has it read for as long as they send. Once a second, or for each piece, it asks the progress
 * function meanwhile. So progress is on, and who has not switched it on, or has no function, has one of ours. What they answer is
 * in ending.h. */
#ifndef GOCURL_METER_H
#define GOCURL_METER_H

#include "decl.h"

struct gocurl_cell;

/* Before a transfer. */
void gocurl_meter_start(struct gocurl_cell *c);
/* After the user has changed progress, which may have been in the middle of one. */
void gocurl_meter_go_on(struct gocurl_cell *c);
/* Puts progress as the user has set it, before the user changes that. */
CURLcode gocurl_meter_stop(struct gocurl_cell *c);
/* The user switches progress on or off. */
CURLcode gocurl_meter_progress(struct gocurl_cell *c, int on);
/* Puts the user's function in place, or ours. Without one libcurl writes its own meter to stderr; the new style must give way
 * to an old-style function, because libcurl prefers it, and the old one comes last: 7.x goes by the last call. */
CURLcode gocurl_meter_functions(struct gocurl_cell *c);
/* For a clone: what libcurl has copied is the original's. */
CURLcode gocurl_meter_clone(struct gocurl_cell *c, const struct gocurl_cell *from);

#endif
