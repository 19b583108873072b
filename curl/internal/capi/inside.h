/* What holds while a thread is inside libcurl, where the library at hand needs it: nobody else is (exclusive.h), and no
 * signal comes (signals.h). */
#ifndef GOCURL_INSIDE_H
#define GOCURL_INSIDE_H

/* Around each call that may look at a socket or reach the TLS library. They nest. confine.h has both in its own pair. */
void gocurl_inside_enter(void);
void gocurl_inside_leave(void);

/* For frames: outside, however often the thread has entered, and inside again as often. */
int gocurl_inside_pause(void);
void gocurl_inside_resume(int depth);

#endif
