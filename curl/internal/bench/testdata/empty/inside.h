/* What the files of the empty binding have in common. */
#ifndef INSIDE_H
#define INSIDE_H

struct message {
	int what;
	void *easy;
	union {
		void *any;
		int result;
	} data;
};

extern int (*easy_setopt)(void *, int, ...);
extern int (*easy_getinfo)(void *, int, ...);
extern void *(*multi_init)(void);
extern int (*multi_setopt)(void *, int, ...);
extern int (*multi_add_handle)(void *, void *);
extern int (*multi_remove_handle)(void *, void *);
extern int (*multi_perform)(void *, int *);
extern int (*multi_poll)(void *, void *, unsigned, int, int *);
extern int (*multi_wakeup)(void *);
extern struct message *(*multi_info_read)(void *, int *);

#endif
