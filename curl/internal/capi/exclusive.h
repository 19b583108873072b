/* One thread at a time in libcurl, for TLS libraries that two threads may not be in at once.
 *
 * Nearly all of them see to that themselves, or get locks from us (tls_openssl.h, tls_gcrypt.h). One that was built
 * without threads, or will not say, gets the only lock that is left: around every step into libcurl, on every handle.
 * It is let go in callbacks, which may themselves transfer, and nobody waits for a socket or a timer with it in hand.
 *
 * Threads get it in the order in which they ask: with a plain mutex the one that lets go is nearly always the one that
 * takes it again, and a large download would have it to itself.
 *
 * Lock order: before a confined share, after the Go lock of a driver or a handle. */
#ifndef GOCURL_EXCLUSIVE_H
#define GOCURL_EXCLUSIVE_H

/* Makes it so, for good. Called while libcurl is loaded, before there is a handle; until then the rest does nothing. */
void gocurl_exclusive_need(void);

/* For inside.h. */
void gocurl_exclusive_take(void);
void gocurl_exclusive_give(void);

#endif
