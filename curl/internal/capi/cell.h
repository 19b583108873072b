/* A cell is one libcurl easy handle together with all the memory that libcurl borrows from us for it.
 *
 * Owner: the Go object that created it; it stays alive until the driver it last ran on is gone, because libcurl may
 * call its close-socket callback that late. Lock: whoever calls a gocurl_cell_ function holds the Go lock under which
 * the handle is used (the handle's own while idle, its driver's while in flight); nothing in here locks. */
#ifndef GOCURL_CELL_H
#define GOCURL_CELL_H

#include "claims.h"
#include "decl.h"
#include "ending.h"
#include "frame.h"
#include "method.h"
#include "mime.h"
#include "stream.h"
#include "tape.h"

#include <stdatomic.h>

enum {
	GOCURL_OPS = 16,   /* options in one crossing */
	GOCURL_ARENA = 768 /* bytes of strings in one crossing; longer ones travel in memory of their own */
};

/* Argument classes of an option as the Go side numbers them; opclass.go has the same list. */
enum gocurl_class {
	GOCURL_LONG,
	GOCURL_OFF,
	GOCURL_STRING,
	GOCURL_LIST,
	GOCURL_BLOB,
	GOCURL_BYTES,
	GOCURL_FUNCTION,
	GOCURL_NO_MEMORY /* there was none for data */
};

enum { GOCURL_BUFFER_DEFAULT, GOCURL_BUFFER_USERS, GOCURL_BUFFER_OURS };

/* One option of a batch. data is an address: in the batch's arena, or of memory that Go allocated for this option with
 * gocurl_alloc (foreign is 1, freed or taken over by apply), or 0 to put libcurl's default back. */
struct gocurl_op {
	int32_t id;
	uint8_t class;
	uint8_t foreign;
	uint16_t unused;
	uint32_t count; /* strings in a list: nul-terminated, one after the other */
	int64_t n;      /* the number, or the length of data */
	uintptr_t data; /* a number, because it can be in Go's memory, which may not hold pointers that C looks at */
};

/* Options on their way to libcurl: Go's memory, and of use for the one call. A handle of its own would keep more than a
 * kilobyte for what is over at once. */
struct gocurl_batch {
	struct gocurl_op op[GOCURL_OPS];
	char arena[GOCURL_ARENA];
};

/* An option that is a number, the way package opt lays it out in memory: a batch of nothing else is read where it is.
 * set_numbers.go has the compiler compare the two layouts. */
struct gocurl_number {
	int32_t id;
	uint8_t class; /* as package opt counts, which nothing here depends on: the type is in the id */
	int64_t n;
	uintptr_t nothing[2]; /* a nil interface: no pointer of Go's gets into C */
};

struct gocurl_owned { /* borrowed by libcurl, freed when replaced, on reset and with the cell */
	struct gocurl_owned *next;
	int32_t id;
	int32_t is_list;
	int64_t len; /* of what is no list, and ends in a NUL besides */
	void *mem;
};

struct gocurl_cell {
	CURL *easy;
	uintptr_t key; /* how Go finds its side of the handle; 0: nobody listens any more */
	struct gocurl_driver *driver;
	struct gocurl_owned *owned;
	struct curl_slist *cookie_files, *hsts_files; /* files.h */
	struct curl_slist headers; /* list.h: the first node of what CURLOPT_HTTPHEADER has, where libcurl looks for it */
	CURLU *url; /* url.h: what CURLOPT_CURLU has, the cell's own */
	struct gocurl_share *confined; /* the share that it is a member of, when that is a confined one */
	struct gocurl_cell *next_done; /* driver.c: finished cells not yet collected */
	int64_t discarded;             /* body bytes that arrived without a write callback */
	struct gocurl_ending ending;
	int32_t result;                /* CURLcode of the last transfer */
	int64_t timeout;               /* of a transfer, milliseconds, 0: none */
	long maxconnects;              /* idle connections its private multi handle keeps; 0: libcurl's default */
	uint8_t keep;                  /* connect-only: stays in the multi handle when the transfer is done */
	uint8_t attached;              /* in the multi handle of driver, ... */
	uint8_t leaving;               /* being taken out of it */
	atomic_int holds;              /* what may still refer to the memory of the cell */
	atomic_int over;               /* gocurl_cell_free was called */
	struct gocurl_claims claims;   /* of connections that close sockets with the cell */
	struct gocurl_claims *claimed; /* whose claim its next socket is; NULL: nobody counts */
	uint8_t pooled;                /* has been in one that others use, too: connections there call its close-socket function */
	uint8_t looks;                 /* ... and counted in its lookers */
	uint8_t spot;                  /* ... and in its spots */
	uint8_t wildcard;              /* CURLOPT_WILDCARDMATCH is on */
	uint8_t secures;               /* CURLOPT_USE_SSL asks for TLS */
	uint8_t guarded;               /* sockets.h: its sockets are looked at, ... */
	uint8_t strayed;               /* ... and the last transfer was to leave HTTP where it must not */
	uint8_t talks;                 /* it has connected by a protocol of goodbyes: goodbye.h */
	uint8_t progress_on;           /* the user has switched progress on */
	uint8_t metered;               /* meter.h: it is on for us alone */
	uint8_t no_source;             /* libcurl asked for upload data and there is no read callback */
	uint8_t posting;               /* post data is set, ... */
	uint8_t held;                  /* a part of the form has answered that it is paused, and was not asked again: mime.c */
	uint8_t method_on;             /* method.h: the value of method, ... */
	int32_t method;                /* ... the last option that said which request is made, 0: none has */
	struct gocurl_mime *mime;      /* what CURLOPT_MIMEPOST has */
	uint8_t signing;               /* AWS_SIGV4 has replaced HTTPAUTH */
	uint8_t debugging;             /* our debug callback is in place */
	uint8_t verbose;               /* CURLOPT_VERBOSE is on for the user, ... */
	uint8_t listening;             /* ... or for fold.h alone */
	uint8_t fold;                  /* GOCURL_FOLD_, ... */
	uint32_t folded, folds;        /* ... and how many of the first bytes of the line, of so many, were moved; 0: none */
	uint8_t upload_buffer;         /* whose CURLOPT_UPLOAD_BUFFERSIZE it is, GOCURL_BUFFER_ */
	uint8_t receive_buffer;        /* the same of CURLOPT_BUFFERSIZE */
	uint8_t paced;                 /* CURLOPT_MAX_RECV_SPEED_LARGE limits the speed */
	uint8_t has_paused;            /* receiving was paused in the last transfer, ... */
	uint8_t stale;                 /* ... and libcurl may still have what was not received: stash.h */
	uint8_t hsts_kept;             /* its list of HSTS entries has what the read function gave before; 0: it is another one */
	uint8_t hsts_read_only;        /* hsts.h: its file of HSTS entries is not to be written, ... */
	uint8_t hsts_unread;           /* ... or was not read yet, GOCURL_FILES_ */
	uint8_t hsts_listed;           /* libcurl has files of them to read */
	uint8_t cookies_unread;        /* the same of files of cookies */
	uint8_t jar;                   /* CURLOPT_COOKIEJAR is set */
	uint8_t cloning;               /* a clone is being made, for which libcurl calls that function as well */
	int64_t postlen;               /* ... postlen bytes of it */
	int64_t source;                /* how much the read function has, and one; 0: nobody knows */
	int64_t file_size, post_size;  /* what was said of it by option, for an upload and a POST, and one; 0: nothing */
	uint8_t converts;              /* CURLOPT_CRLF is on: more may be sent than is read, ... */
	uint8_t converts_text;         /* ... as with CURLOPT_TRANSFERTEXT */
	uint8_t resumes;               /* CURLOPT_RESUME_FROM is set */
	uint64_t functions;            /* trampolines in place, a bit each, numbered by zcallbacks.h */

	/* tape.h. Where nothing else is said, whoever holds the driver's lock. */
	uint64_t taping;               /* callbacks that are recorded, bits as in functions */
	struct gocurl_tape rec;        /* being recorded */
	struct gocurl_tape out;        /* being played: the goroutine's that plays */
	struct gocurl_feed feed;       /* data to send: libcurl takes from it */
	struct gocurl_feed stage;      /* being filled: the goroutine's that fills */
	struct gocurl_origin feeding;  /* what feed is from, or for */
	struct gocurl_origin staging;  /* the same of stage; written when its goroutine is asked to fill it */
	uint8_t full;                  /* receiving is paused, because rec is full */
	uint8_t brims;                 /* log lines about these directions, CURLPAUSE_, have come to a rec that is full, ... */
	uint8_t jammed;                /* ... and these are paused for that */
	uint32_t missed;               /* log lines that rec has not taken */
	uint8_t starved;               /* sending is paused, because feed is empty */
	uint8_t wants;                 /* feed is empty */
	uint8_t fed;                   /* ... and nothing comes after it */
	uint8_t noted;                 /* on the news list of driver */
	struct gocurl_cell *next_news;
	uint8_t progressed;            /* progress is news */
	int64_t progress[4];
	uint8_t news_progressed;       /* news_of is to be played: the goroutine's that plays */
	int64_t news_of[4];
	struct gocurl_stream stream;   /* stream.h */
	int32_t applied, refusal;      /* what gocurl_cell_apply_numbers has to say */
	char error[256];
};

struct gocurl_share;

/* Whether the trampoline of a callback is in place: a number of enum gocurl_function. */
static inline int gocurl_cell_has(const struct gocurl_cell *c, int function)
{
	return (int)(c->functions >> function & 1);
}

struct gocurl_cell *gocurl_cell_new(uintptr_t key);
int gocurl_cell_defaults(struct gocurl_cell *c);
void gocurl_cell_reset(struct gocurl_cell *c);
/* Before the handle is added to the multi handle of d: nothing is left of the last transfer. */
void gocurl_cell_begin(struct gocurl_cell *c, struct gocurl_driver *d);
struct gocurl_cell *gocurl_cell_clone(struct gocurl_cell *c, uintptr_t key, int *failed);
void gocurl_cell_retire(struct gocurl_cell *c); /* ends the easy handle; the cell itself stays */
void gocurl_cell_free(struct gocurl_cell *c);

/* Keeps the memory of a cell beyond gocurl_cell_free, for connections that outlive it and call its close-socket function,
 * until the last hold is let go. Both are called from any thread. */
void gocurl_cell_hold(struct gocurl_cell *c);
void gocurl_cell_let_go(struct gocurl_cell *c);
/* Whether a cell that is held can be let go: it was freed, and no connection has a socket to close with it. */
int gocurl_cell_unclaimed(struct gocurl_cell *c);

/* The key for a callback that connections make, which is 0 unless the thread that has libcurl close one is at work for
 * the cell. In a pool it may be at work for another one, while the cell's own goroutine does something else. */
uintptr_t gocurl_cell_listener(struct gocurl_cell *c);

/* Attaches the easy handle to a share, or detaches it (NULL); a CURLcode. A retired cell is detached. */
int gocurl_cell_share(struct gocurl_cell *c, struct gocurl_share *s);

/* Fits the upload buffer to a large or a small body, unless the user has set it. */
void gocurl_cell_fit_upload(struct gocurl_cell *c, int large);
/* The same of the receive buffer, for a body that is read in large pieces; not where the user limits the speed either. */
void gocurl_cell_fit_receive(struct gocurl_cell *c, int large);

void gocurl_own(struct gocurl_cell *c, int32_t id, int is_list, void *mem, int64_t len);
void *gocurl_own_find(struct gocurl_cell *c, int32_t id); /* what it has for that option, NULL: nothing */

/* Apply the first n options of a batch in order, stopping at the first that libcurl refuses. The result is
 * code<<32 | its index (n when all went well): no out-parameter that would escape. The second form may enter callbacks. */
int64_t gocurl_cell_apply_quiet(uintptr_t cell, uintptr_t batch, int n);
int64_t gocurl_cell_apply_calling(uintptr_t cell, uintptr_t batch, int n);

/* The same for options that are mere numbers: neither watched by us, nor able to enter a callback. */
void gocurl_cell_apply_numbers(uintptr_t cell, uintptr_t numbers, int n);
/* A number that means something to us as well as to libcurl. */
int gocurl_watched(int32_t id);

void *gocurl_alloc(size_t n);
void gocurl_release(void *p);

#endif
