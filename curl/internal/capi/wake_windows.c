#include "wake.h"

/* libcurl waits for sockets alone here, so this one sends to itself. It is not of the kind that blocks, and a datagram
 * that finds the buffer full is not needed any more. */
int gocurl_wake_open(struct gocurl_driver *d)
{
	struct sockaddr_in self = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int size = sizeof self;
	u_long on = 1;
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0); /* libcurl's global initialisation has started Winsock */

	if (s == INVALID_SOCKET)
		return WSAGetLastError();
	if (bind(s, (struct sockaddr *)&self, size) || getsockname(s, (struct sockaddr *)&self, &size) ||
	    connect(s, (struct sockaddr *)&self, size) || ioctlsocket(s, FIONBIO, &on)) {
		int why = WSAGetLastError();

		closesocket(s);
		return why;
	}
	d->wake_read = d->wake_write = (int)s; /* Windows promises that socket numbers fit */
	return 0;
}

void gocurl_wake_close(struct gocurl_driver *d)
{
	if (d->wake_read >= 0)
		closesocket((SOCKET)d->wake_read);
}

int gocurl_wake_drain(struct gocurl_driver *d)
{
	char buf[64];
	int any = 0;

	while (recv((SOCKET)d->wake_read, buf, sizeof buf, 0) > 0)
		any = 1;
	return any;
}

void gocurl_driver_wake(int fd)
{
	send((SOCKET)fd, "", 1, 0);
}
