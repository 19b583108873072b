/* The one lock of this package: a plain, non-recursive mutex. */
#ifndef GOCURL_MUTEX_H
#define GOCURL_MUTEX_H

#ifdef _WIN32
#include <winsock2.h>
#include <windows.h>
typedef SRWLOCK gocurl_mutex;
static inline void gocurl_mutex_open(gocurl_mutex *m) { InitializeSRWLock(m); }
static inline void gocurl_mutex_close(gocurl_mutex *m) { (void)m; }
static inline void gocurl_mutex_lock(gocurl_mutex *m) { AcquireSRWLockExclusive(m); }
static inline void gocurl_mutex_unlock(gocurl_mutex *m) { ReleaseSRWLockExclusive(m); }
#else
#include <pthread.h>
typedef pthread_mutex_t gocurl_mutex;
static inline void gocurl_mutex_open(gocurl_mutex *m) { pthread_mutex_init(m, NULL); }
static inline void gocurl_mutex_close(gocurl_mutex *m) { pthread_mutex_destroy(m); }
static inline void gocurl_mutex_lock(gocurl_mutex *m) { pthread_mutex_lock(m); }
static inline void gocurl_mutex_unlock(gocurl_mutex *m) { pthread_mutex_unlock(m); }
#endif

#endif
