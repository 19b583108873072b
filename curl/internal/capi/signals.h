/* No signals while a thread is inside libcurl, for releases before 7.85.0: an interrupted poll is a failed socket to them,
 * and so the end of a TLS handshake, or of what FTP waits for. Go's runtime interrupts its threads all the time, also in the
 * moment in which one goes over to C. What comes is kept until the thread is outside again, or in a callback. */
#ifndef GOCURL_SIGNALS_H
#define GOCURL_SIGNALS_H

/* Makes it so, for good. Called while libcurl is loaded, before there is a handle; until then the rest does nothing. */
void gocurl_signals_need(void);

/* For inside.h. */
void gocurl_signals_keep(void);
void gocurl_signals_let(void);

#endif
