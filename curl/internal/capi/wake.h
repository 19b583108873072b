/* The descriptor that wakes a thread waiting for a driver. Writing to it is safe from any thread while the driver
 * lives; the Go side keeps it from being written to after that. */
#ifndef GOCURL_WAKE_H
#define GOCURL_WAKE_H

#include "driver.h"

int gocurl_wake_open(struct gocurl_driver *d); /* 0 or errno */
void gocurl_wake_close(struct gocurl_driver *d);
int gocurl_wake_drain(struct gocurl_driver *d); /* whether there was anything */

#endif
