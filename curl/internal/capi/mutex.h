/* The locks of this package: a plain, non-recursive mutex, and what one thread waits on with it. */
#ifndef GOCURL_MUTEX_H
#define GOCURL_MUTEX_H

#ifdef _WIN32
#include <winsock2.h>
#include <windows.h>
typedef SRWLOCK gocurl_mutex;
#define GOCURL_MUTEX_STATIC SRWLOCK_INIT
static inline void gocurl_mutex_open(gocurl_mutex *m) { InitializeSRWLock(m); }
static inline void gocurl_mutex_close(gocurl_mutex *m) { (void)m; }
static inline void gocurl_mutex_lock(gocurl_mutex *m) { AcquireSRWLockExclusive(m); }
static inline void gocurl_mutex_unlock(gocurl_mutex *m) { ReleaseSRWLockExclusive(m); }
typedef CONDITION_VARIABLE gocurl_cond;
static inline void gocurl_cond_open(gocurl_cond *c) { InitializeConditionVariable(c); }
static inline void gocurl_cond_close(gocurl_cond *c) { (void)c; }
static inline void gocurl_cond_wait(gocurl_cond *c, gocurl_mutex *m) { SleepConditionVariableSRW(c, m, INFINITE, 0); }
static inline void gocurl_cond_wake(gocurl_cond *c) { WakeConditionVariable(c); }
#else
#include <pthread.h>
typedef pthread_mutex_t gocurl_mutex;
#define GOCURL_MUTEX_STATIC PTHREAD_MUTEX_INITIALIZER
static inline void gocurl_mutex_open(gocurl_mutex *m) { pthread_mutex_init(m, NULL); }
static inline void gocurl_mutex_close(gocurl_mutex *m) { pthread_mutex_destroy(m); }
static inline void gocurl_mutex_lock(gocurl_mutex *m) { pthread_mutex_lock(m); }
static inline void gocurl_mutex_unlock(gocurl_mutex *m) { pthread_mutex_unlock(m); }
typedef pthread_cond_t gocurl_cond;
static inline void gocurl_cond_open(gocurl_cond *c) { pthread_cond_init(c, NULL); }
static inline void gocurl_cond_close(gocurl_cond *c) { pthread_cond_destroy(c); }
static inline void gocurl_cond_wait(gocurl_cond *c, gocurl_mutex *m) { pthread_cond_wait(c, m); }
static inline void gocurl_cond_wake(gocurl_cond *c) { pthread_cond_signal(c); }
#endif

#endif
