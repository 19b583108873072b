/* To be loaded before the C library: the first descriptor that is to go into an epoll set finds no room (max_user_watches). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <sys/epoll.h>

int epoll_ctl(int set, int op, int fd, struct epoll_event *event)
{
	static int failed;

	if (op == EPOLL_CTL_ADD && !__atomic_exchange_n(&failed, 1, __ATOMIC_RELAXED)) {
		errno = ENOSPC;
		return -1;
	}
	return ((int (*)(int, int, int, struct epoll_event *))dlsym(RTLD_NEXT, "epoll_ctl"))(set, op, fd, event);
}
