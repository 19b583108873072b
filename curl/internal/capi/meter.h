/* Transfers that libcurl does not come out of: for some answers of servers other than HTTP it waits inside a step, for one
 * to two minutes, FTP's after the data or to QUIT for example. Once a second it asks the progress function meanwhile. So
 * those transfers have progress on and a function of ours, which ends them when they are to end; unless the user has one,
 * which is not asked any more by then, with the same result. */
#ifndef GOCURL_METER_H
#define GOCURL_METER_H

#include "decl.h"

struct gocurl_cell;

void gocurl_meter_start(struct gocurl_cell *c);
/* Progress is as the user has set it again: before a function of the user's is put in place. */
void gocurl_meter_stop(struct gocurl_cell *c);
/* Whether the user's own number for CURLOPT_NOPROGRESS is one that has to wait for that. */
int gocurl_meter_keeps(struct gocurl_cell *c, int64_t no_progress);

#endif
