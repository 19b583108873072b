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

enum {
	MOST = 64,        /* threads that resolve names at once */
	EVERY = 5000,     /* microseconds between two counts, at least, ... */
	SPARE = 20,       /* ... and so many times as long as a count takes */
	NAME_SIZE = 16    /* of a thread's name, by the kernel's rule */
};

static const char name[NAME_SIZE] = "libcurl lookup";

static _Thread_local int named;
static _Thread_local char own_name[NAME_SIZE];

static gocurl_mutex guard; /* of the rest */
static int estimate;       /* no fewer than were there when they were counted, and have begun since */
static int64_t again_at;   /* when they are counted next, if need be: microseconds of the monotonic clock */

void gocurl_lookup_count(void)
{
	if (!counted)
		gocurl_mutex_open(&guard);
	counted = 1;
}

void gocurl_lookup_begins(struct gocurl_cell *c)
{
	if (!counted)
		return;
	if (gocurl_lookup_of_many(c)) {
		gocurl_mutex_lock(&guard);
		estimate++;
		gocurl_mutex_unlock(&guard);
	}
	if (!named && !prctl(PR_GET_NAME, own_name))
		named = !prctl(PR_SET_NAME, name);
}

void gocurl_lookup_began(void)
{
	if (named)
		prctl(PR_SET_NAME, own_name);
	named = 0;
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

static int count(void)
{
	DIR *tasks = opendir("/proc/self/task");
	struct dirent *task;
	int n = 0;

	if (!tasks)
		return 0;
	while ((task = readdir(tasks)))
		n += task->d_name[0] != '.' && is_one(task->d_name);
	closedir(tasks);
	return n;
}

int gocurl_lookup_room(void)
{
	int room;

	gocurl_mutex_lock(&guard);
	if (estimate >= MOST) {
		int64_t now = gocurl_now();

		if (now >= again_at) {
			int64_t took;

			estimate = count();
			took = gocurl_now() - now;
			again_at = now + took + (took * SPARE > EVERY ? took * SPARE : EVERY);
		}
	}
	room = estimate < MOST;
	estimate += room;
	gocurl_mutex_unlock(&guard);
	return room;
}

#else

void gocurl_lookup_count(void) {}
void gocurl_lookup_begins(struct gocurl_cell *c) { (void)c; }
void gocurl_lookup_began(void) {}
int gocurl_lookup_room(void) { return 1; }

#endif
