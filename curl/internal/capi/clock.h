/* The clock that deadlines are of. Only for files that are compiled for Linux alone: mingw has no such clock in every library. */
#ifndef GOCURL_CLOCK_H
#define GOCURL_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Microseconds. */
static inline int64_t gocurl_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

#endif
