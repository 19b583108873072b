/* libcurl as an empty binding has it: a pointer for each function, no checks. */
#ifndef EMPTY_H
#define EMPTY_H

#include <stdint.h>

struct number {
	int id;
	long n;
};

const char *empty_load(const char *path); /* NULL, or what went wrong */

uintptr_t empty_handle(const char *url, long buffer);

/* The transfer of the handle, as curl_easy_perform does it, for 5 ms at most: -1 when it goes on, else its result. */
int empty_perform(uintptr_t e);

/* A crossing for each: ten options, and a handle with seven options. */
int empty_set(uintptr_t e, const struct number *o, int n);
uintptr_t empty_new(const char *url, const char *agent, const struct number *o, int n);
void empty_close(uintptr_t e);

/* Many handles, for transfers at once. One goroutine adds them and takes turns, each of ms milliseconds at most: how many
 * are done, which ones, or -1 when one has failed. Others may wake it. */
struct crowd *empty_crowd(const char *url, int n, int h2);
void empty_crowd_url(struct crowd *c, const char *url);
void empty_crowd_add(struct crowd *c, int i);
int empty_crowd_turn(struct crowd *c, int ms);
int empty_crowd_done(struct crowd *c, int i);
void empty_crowd_wake(struct crowd *c);

#endif
