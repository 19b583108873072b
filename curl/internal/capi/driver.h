/* A driver is one multi handle with what is needed to wait for it: libcurl's sockets (watch.h), libcurl's timer as a
 * deadline, and a descriptor that wakes a waiting thread.
 *
 * Owner: the Go driver. Lock: every function is called with the Go lock of the driver held, but gocurl_driver_wait in
 * event mode: that is called by the one thread that leads the driver, without it unless the driver is dense, or
 * gocurl_driver_run calls it. Nothing in here calls Go except through the trampolines of cells. */
#ifndef GOCURL_DRIVER_H
#define GOCURL_DRIVER_H

#include "decl.h"
#include "ending.h"

struct gocurl_cell;
struct gocurl_share;

#ifdef __linux__
#define GOCURL_EPOLL 1
#include <poll.h>
#include <sys/epoll.h>
#endif

enum {
	GOCURL_FEW = 8,      /* descriptors that are polled, the wake descriptor among them */
	GOCURL_READY_MAX = 32, /* events taken at once */
	GOCURL_LEFT_MAX = 8
};

struct gocurl_ready {
	int fd, mask; /* CURL_CSELECT_ bits */
};

/* What a step or a wait has to say, as bits. */
enum gocurl_event {
	GOCURL_FINISHED = 1, /* cells are on the done list */
	GOCURL_WOKEN = 2,    /* somebody called wake */
	GOCURL_READY = 4,    /* there is more to do at once */
	GOCURL_FAILED = 8,   /* the multi handle reported an error: driver->code */
	GOCURL_NEWS = 16,    /* cells are on the news list */
	GOCURL_IDLE = 32     /* a wait was in vain */
};

struct gocurl_driver {
	CURLM *multi;
	int wake_read, wake_write; /* the same descriptor where there is eventfd */
	int polling;               /* engine: 0 event, 1 curl_multi_wait */
	int running;
	int32_t code;            /* CURLMcode of the last failure */
	int32_t deaf;            /* CURLMcode of a wait that has failed, ... */
	int vain;                /* ... and how many have, one after the other */
	int64_t deadline;        /* libcurl's timer, microseconds of the monotonic clock; -1: none */
	int64_t looked;          /* when all transfers were looked at last */
	struct gocurl_cell *done; /* finished cells, for Go to take */
	struct gocurl_cell *news; /* cells with something on their tapes, for Go to take */
	struct gocurl_share *confined; /* all its handles are members of; NULL: of none */
	struct gocurl_cell *reader; /* whose window is open, ... */
	int filled;               /* ... and full, or nearly so: stream.h */
	int shared;               /* for many handles: they do not bring their own connection limit */
	int users;                /* a Multi's: users decide when it goes on */
	int cells;                /* how many are in the multi handle, those that are finished, too */
	int lookers;              /* cells that want to be looked at every second: engine_epoll.c */
	int spots;                /* cells of a driver for many handles whose callbacks run inside libcurl */
	int dense;                /* all transfers have a turn in each step: engine_dense.c */
	int crowded;              /* how long most of them have been busy */
	int rung;                 /* somebody called wake before curl_multi_wait ended */
	uint64_t steps;           /* so many, to tell one from the next */
	struct gocurl_asking asking;
	struct gocurl_descriptor *said; /* goodbye.h: nsaid sockets, the driver's memory with room for said_room */
	int nsaid, said_room;
#ifdef GOCURL_EPOLL
	/* watch_epoll.c */
	int epfd;                /* -1: not needed yet */
	int parkfd;              /* another set, with epfd in it while the leader waits in Go's poller; -1: not needed yet */
	int gathered;            /* all sockets are in the epoll set */
	int sockets;             /* so many sockets are only there, because few has no room for them; 0: all are in few */
	int nfew, nready;
	struct gocurl_kept *kept; /* watch_kept.h, by descriptor; nkept of them */
	int nkept;
	struct pollfd few[GOCURL_FEW];
	struct gocurl_ready ready[GOCURL_READY_MAX];
	int again;               /* the socket that has just filled some of a window, -1: none */
	int helped;              /* nothing has happened since a transfer that waits for no socket has had a turn */
	int blind;               /* turns of libcurl since all sockets were looked at */
	/* left.c */
	int nleft;               /* how many of left there are, GOCURL_LEFT_MAX + 1: more than it has room for */
	int left[GOCURL_LEFT_MAX]; /* sockets of connections that a transfer has stopped reading from */
#endif
};

/* NULL with *code = a CURLMcode, or -errno for the descriptors. */
struct gocurl_driver *gocurl_driver_new(int polling, int quick_exit, int *code);
void gocurl_driver_free(struct gocurl_driver *d);

/* Makes it one for many handles, before the first, which are the members of a confined share unless that is NULL. */
void gocurl_driver_share(struct gocurl_driver *d, struct gocurl_share *confined);
CURLMcode gocurl_driver_limit(struct gocurl_driver *d, int32_t option, long value);

int gocurl_driver_add(struct gocurl_driver *d, struct gocurl_cell *c);
int gocurl_driver_remove(struct gocurl_driver *d, struct gocurl_cell *c);

/* Lets libcurl work for at most budget microseconds or until there is something to report. */
int gocurl_driver_step(struct gocurl_driver *d, int64_t budget);
/* Waits for sockets, the timer or wake, at most usec microseconds; -1: as long as it takes. */
int gocurl_driver_wait(struct gocurl_driver *d, int64_t usec);
/* Adds the cell unless it is NULL, then steps and waits, all with the lock held, until there is something to report, a wait
 * was in vain, or usec are over: what a small request needs, in one call from Go. For a driver with events that is not
 * shared. */
int gocurl_driver_run(struct gocurl_driver *d, struct gocurl_cell *c, int64_t budget, int64_t usec);
void gocurl_driver_wake(int fd);
/* For tests of what must not be left to the looks at all transfers (engine_epoll.c): from now on there are none. */
void gocurl_look_never(void);
/* For tests, too: from now on a driver is dense whenever it can be (engine_dense.c). */
void gocurl_dense_always(void);
/* Microseconds until libcurl's timer, 0: due, -1: none. */
int64_t gocurl_driver_due(struct gocurl_driver *d);

#endif
