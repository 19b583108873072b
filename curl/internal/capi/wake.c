//go:build !windows

#include "wake.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/eventfd.h>

int gocurl_wake_open(struct gocurl_driver *d)
{
	d->wake_read = d->wake_write = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	return d->wake_read < 0 ? errno : 0;
}
#else
int gocurl_wake_open(struct gocurl_driver *d)
{
	int fd[2];

	if (pipe(fd))
		return errno;
	for (int i = 0; i < 2; i++) {
		fcntl(fd[i], F_SETFD, FD_CLOEXEC);
		fcntl(fd[i], F_SETFL, O_NONBLOCK);
	}
	d->wake_read = fd[0];
	d->wake_write = fd[1];
	return 0;
}
#endif

void gocurl_wake_close(struct gocurl_driver *d)
{
	if (d->wake_read >= 0)
		close(d->wake_read);
	if (d->wake_write >= 0 && d->wake_write != d->wake_read)
		close(d->wake_write);
}

int gocurl_wake_drain(struct gocurl_driver *d)
{
	char buf[64];
	int any = 0;

	while (read(d->wake_read, buf, sizeof buf) > 0)
		any = 1;
	return any;
}

void gocurl_driver_wake(int fd)
{
	static const uint64_t one = 1;

	/* A full pipe or counter wakes just as well. */
	if (write(fd, &one, sizeof one) < 0)
		return;
}
