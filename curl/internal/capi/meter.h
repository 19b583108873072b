/* Transfers that libcurl does not come out of: for some answers of servers other than HTTP it waits inside a step, for one
 * to two minutes, FTP's after the data or to QUIT for example; and a proxy whose refusal goes on and on, or a server that sends
 * one HTTP/2 frame after the other, has it read for as long as they send. Once a second, or for each piece, it asks the progress
 * function meanwhile. So progress is on, and who has not switched it on, or has no function, has one of ours, which ends a
 * transfer that is to end, or has kept others from having a turn for too long. */
#ifndef GOCURL_METER_H
#define GOCURL_METER_H

#include "decl.h"

struct gocurl_cell;

/* Why a transfer is ended in a step that does not end: others have no turn, or its time is over. */
enum { GOCURL_HOLDS_UP = 1, GOCURL_OVERDUE };

/* Before a transfer. */
void gocurl_meter_start(struct gocurl_cell *c);
/* Puts progress as the user has set it, before the user changes that. */
CURLcode gocurl_meter_stop(struct gocurl_cell *c);
/* The user switches progress on or off. */
CURLcode gocurl_meter_progress(struct gocurl_cell *c, int on);
/* Puts the user's function in place, or ours. Without one libcurl writes its own meter to stderr; the new style must give way
 * to an old-style function, because libcurl prefers it, and the old one comes last: 7.x goes by the last call. */
CURLcode gocurl_meter_functions(struct gocurl_cell *c);
/* What every progress function, the user's too, begins with: whether the transfer is to end. */
int gocurl_meter_ends(struct gocurl_cell *c);
/* What libcurl is told when it is: to end it, or nothing, because the driver takes it out after this step, as it does every
 * transfer that was stopped or has a callback that failed. There is one place in which libcurl must not be told: when it has
 * just come to the end of the transfer. Then it considers it over without having done what ends it (multi_done, left out
 * after the state DONE in all releases up to 8.22.0): the connection stays open until the multi handle ends, used by nobody,
 * an FTP server's has that wait for the answer to its goodbye, and with 7.74.0 the next transfer takes the head of this
 * response for its own. So libcurl is told where it waits, or has asked too often for a step that comes to an end. */
int gocurl_meter_end(struct gocurl_cell *c);
/* What libcurl is told after the user's function, which has answered 0, 1 to end the transfer, or 2 because another callback
 * has ended it before. Then it is not asked again. */
int gocurl_meter_heard(struct gocurl_cell *c, int answer);
/* The transfer is to end. From any thread, as long as the cell is there. */
void gocurl_meter_stopping(struct gocurl_cell *c);
/* For a clone: what libcurl has copied is the original's. */
CURLcode gocurl_meter_clone(struct gocurl_cell *c, const struct gocurl_cell *from);

#endif
