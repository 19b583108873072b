/* A descriptor, by what tells it from the next one with the same number. Sockets differ in that on Linux. */
#ifndef GOCURL_DESCRIPTOR_H
#define GOCURL_DESCRIPTOR_H

#include <sys/stat.h>

struct gocurl_descriptor {
	int fd;
	dev_t dev;
	ino_t ino;
};

/* Whether it is open: d is filled then. */
static inline int gocurl_descriptor_of(struct gocurl_descriptor *d, int fd)
{
	struct stat is;

	if (fstat(fd, &is))
		return 0;
	*d = (struct gocurl_descriptor){ fd, is.st_dev, is.st_ino };
	return 1;
}

/* Whether the number is still that one's. */
static inline int gocurl_descriptor_same(const struct gocurl_descriptor *d)
{
	struct gocurl_descriptor now;

	return gocurl_descriptor_of(&now, d->fd) && now.dev == d->dev && now.ino == d->ino;
}

#endif
