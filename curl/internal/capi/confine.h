/* A confined share has at most one thread inside libcurl.
 *
 * libcurl does not support cookies, connections and HSTS entries between threads, whatever locks it is given. The
 * transfers of the members run on one driver; everything else that reaches libcurl with a member (setting cookies,
 * listing them, closing a handle) may come from any thread, and so may a step of that driver. So each call goes through
 * here. A callback lets go of the share while Go code runs, which then stands to libcurl as code in a callback does: it
 * may use other handles.
 *
 * Where the library at hand needs it, entering keeps other threads and signals out as well (inside.h): so every call of a
 * function that does work goes through here, with NULL when no share can be concerned.
 *
 * Lock order: a confined share is innermost but for libcurl's own locks. Nothing is waited for with it in hand. */
#ifndef GOCURL_CONFINE_H
#define GOCURL_CONFINE_H

#include "decl.h"

struct gocurl_share;

/* Waits until no other thread is inside libcurl with the share, unless that is NULL or the thread is inside with it
 * already. The result is for gocurl_confine_leave, which each enter has to have, also one that gave NULL. */
struct gocurl_share *gocurl_confine_enter(struct gocurl_share *s);
void gocurl_confine_leave(struct gocurl_share *entered); /* delivers what is late (late.h) */

/* The same for calls that never reach the TLS library, such as setting an option: these wait for nobody else's transfer. */
struct gocurl_share *gocurl_confine_enter_quiet(struct gocurl_share *s);
void gocurl_confine_leave_quiet(struct gocurl_share *entered);

/* Whether the calling thread is inside libcurl with a confined share. */
int gocurl_confine_inside(void);

/* For frames: lets go of the share that the thread is inside with (NULL: none), and takes it again. */
struct gocurl_share *gocurl_confine_pause(void);
void gocurl_confine_resume(struct gocurl_share *paused);

#endif
