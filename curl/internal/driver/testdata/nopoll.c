/* To be loaded before the C library: the first GOCURL_TEST_POLLS waits for descriptors fail at once, as where the kernel has no
 * memory for them. A mere look at descriptors does not. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>

static int fails(int ms)
{
	static int failed;
	const char *n = getenv("GOCURL_TEST_POLLS");

	if (ms == 0 || !n || __atomic_fetch_add(&failed, 1, __ATOMIC_RELAXED) >= atoi(n))
		return 0;
	errno = ENOMEM;
	return 1;
}

int poll(struct pollfd *fds, nfds_t n, int ms)
{
	return fails(ms) ? -1 : ((int (*)(struct pollfd *, nfds_t, int))dlsym(RTLD_NEXT, "poll"))(fds, n, ms);
}

int __poll_chk(struct pollfd *fds, nfds_t n, int ms, size_t size)
{
	(void)size;
	return poll(fds, n, ms);
}

int epoll_wait(int set, struct epoll_event *events, int n, int ms)
{
	return fails(ms) ? -1 : ((int (*)(int, struct epoll_event *, int, int))dlsym(RTLD_NEXT, "epoll_wait"))(set, events, n, ms);
}
