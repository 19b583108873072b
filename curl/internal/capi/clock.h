/* The clock that deadlines are of. */
#ifndef GOCURL_CLOCK_H
#define GOCURL_CLOCK_H

#include <stdint.h>

#ifdef _WIN32

/* mingw has clock_gettime in a library that not every program is linked with, and windows.h has names of libcurl's. */
__declspec(dllimport) unsigned long long __stdcall GetTickCount64(void);

/* Microseconds, a new number every 16 milliseconds at the least. */
static inline int64_t gocurl_now(void)
{
	return (int64_t)GetTickCount64() * 1000;
}

static inline int64_t gocurl_now_roughly(void)
{
	return gocurl_now();
}

#else

#include <time.h>

static inline int64_t gocurl_clock(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Microseconds. */
static inline int64_t gocurl_now(void)
{
	return gocurl_clock(CLOCK_MONOTONIC);
}

/* The same with a new number every few milliseconds, which on Linux takes a quarter of the time. */
static inline int64_t gocurl_now_roughly(void)
{
#ifdef CLOCK_MONOTONIC_COARSE
	return gocurl_clock(CLOCK_MONOTONIC_COARSE);
#else
	return gocurl_now();
#endif
}

#endif

/* Milliseconds, for what is over within days, never 0. */
static inline uint32_t gocurl_ms(void)
{
	uint32_t t = (uint32_t)(gocurl_now_roughly() / 1000);

	return t ? t : 1;
}

#endif
