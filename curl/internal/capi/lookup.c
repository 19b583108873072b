#include "lookup.h"
#include "cell.h"
#include "driver.h"

static int counted; /* written once, before any other thread reads it */

int gocurl_lookup_counted(void)
{
	return counted;
}

int gocurl_lookup_of_many(const struct gocurl_cell *c)
{
	return !c->driver || c->driver->shared || c->driver->users;
}

#ifdef __linux__

#include "clock.h"
#include "mutex.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>

enum {
	MOST = 64,        /* threads that resolve names at once */
	EVERY = 5000,     /* microseconds between two counts, at least, ... */
	SPARE = 20,       /* ... and so many times as long as a count takes */
	NAME_SIZE = 16    /* of a thread's name, by the kernel's rule */
};

static const char name[NAME_SIZE] = "libcurl lookup";

static _Thread_local int named, granted;
static _Thread_local char own_name[NAME_SIZE];

static gocurl_mutex guard; /* of the rest */
static int estimate;       /* no fewer than were there when they were counted, and have begun since */
static int pending;        /* threads that have been granted room, and do not bear the name yet: whoever counts does not see them */
static int64_t again_at;   /* when they are counted next, if need be: microseconds of the monotonic clock */

void gocurl_lookup_count(void)
{
	if (!counted)
		gocurl_mutex_open(&guard);
	counted = 1;
}

static void settle(void)
{
	if (!granted)
		return;
	granted = 0;
	gocurl_mutex_lock(&guard);
	pending--;
	gocurl_mutex_unlock(&guard);
}

/* The name comes first: who counts meanwhile counts this thread. */
void gocurl_lookup_begins(struct gocurl_cell *c)
{
	if (!counted)
		return;
	if (!named && !prctl(PR_GET_NAME, own_name))
		named = !prctl(PR_SET_NAME, name);
	settle();
	if (gocurl_lookup_of_many(c)) {
		gocurl_mutex_lock(&guard);
		estimate++;
		gocurl_mutex_unlock(&guard);
	}
}

void gocurl_lookup_began(void)
{
	if (named)
		prctl(PR_SET_NAME, own_name);
	named = 0;
	settle(); /* it had room, and has made no use of it */
}

static int is_one(const char *task)
{
	char path[64], found[NAME_SIZE + 1] = "";
	FILE *f;

	snprintf(path, sizeof path, "/proc/self/task/%.20s/comm", task);
	f = fopen(path, "re");
	if (!f)
		return 0; /* it has ended */
	if (!fgets(found, sizeof found, f))
		found[0] = 0;
	fclose(f);
	found[strcspn(found, "\n")] = 0;
	return !strcmp(found, name);
}

/* One pass over the threads; whether it has seen as many as there are. It can pass some over when others end meanwhile. */
static int pass(DIR *tasks, int *n)
{
	struct dirent *task;
	struct stat is;
	nlink_t seen = 0;

	rewinddir(tasks);
	for (*n = 0; (task = readdir(tasks)); seen++)
		*n += task->d_name[0] != '.' && is_one(task->d_name);
	return !fstat(dirfd(tasks), &is) && seen >= is.st_nlink; /* which counts . and .., too */
}

static int count(void)
{
	DIR *tasks = opendir("/proc/self/task");
	int most = 0;

	if (!tasks)
		return 0;
	for (int tries = 0, whole = 0, n; tries < 3 && !whole; tries++) {
		whole = pass(tasks, &n);
		most = n > most ? n : most;
	}
	closedir(tasks);
	return most;
}

int gocurl_lookup_room(void)
{
	int room;

	gocurl_mutex_lock(&guard);
	if (estimate >= MOST) {
		int64_t now = gocurl_now();

		if (now >= again_at) {
			int64_t took;

			estimate = count() + pending;
			took = gocurl_now() - now;
			again_at = now + took + (took * SPARE > EVERY ? took * SPARE : EVERY);
		}
	}
	room = estimate < MOST;
	estimate += room;
	if (room && !granted) {
		granted = 1;
		pending++;
	}
	gocurl_mutex_unlock(&guard);
	return room;
}

#else

void gocurl_lookup_count(void) {}
void gocurl_lookup_begins(struct gocurl_cell *c) { (void)c; }
void gocurl_lookup_began(void) {}
int gocurl_lookup_room(void) { return 1; }

#endif
