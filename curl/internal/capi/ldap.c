#include "ldap.h"
#include "ldap_end.h"

#ifdef _WIN32
/* There libcurl uses the system's LDAP, which has sockets of its own. */
void gocurl_ldap_opened(curl_socket_t fd) { (void)fd; }
int gocurl_ldap_close(void *cell, curl_socket_t fd) { return (void)cell, closesocket(fd); }
int gocurl_ldap_closed(curl_socket_t fd) { return (void)fd, 0; }
int gocurl_ldap_knows(curl_socket_t fd) { return (void)fd, 0; }
#else
#include "descriptor.h"
#include "mutex.h"

#include <stdlib.h>
#include <unistd.h>

/* In the order in which they were opened: of two with the same number the first one has been closed. */
struct socket {
	struct socket *next;
	struct gocurl_descriptor is;
};

static gocurl_mutex lock = GOCURL_MUTEX_STATIC; /* guards the list; no libcurl and no Go runs with it */
static struct socket *sockets;

void gocurl_ldap_opened(curl_socket_t fd)
{
	struct socket *s, **p = &sockets;
	struct gocurl_descriptor is;

	if (!gocurl_descriptor_of(&is, fd))
		return;
	gocurl_ldap_hear_of_ends();
	s = malloc(sizeof *s);
	if (!s)
		return; /* it will be closed twice */
	s->next = NULL;
	s->is = is;
	gocurl_mutex_lock(&lock);
	while (*p)
		p = &(*p)->next;
	*p = s;
	gocurl_mutex_unlock(&lock);
}

static struct socket *taken(int fd)
{
	struct socket *s, **p = &sockets;

	gocurl_mutex_lock(&lock);
	while (*p && (*p)->is.fd != fd)
		p = &(*p)->next;
	s = *p;
	if (s)
		*p = s->next;
	gocurl_mutex_unlock(&lock);
	return s;
}

int gocurl_ldap_closed(curl_socket_t fd)
{
	struct socket *s = taken(fd);
	int closed = s && !gocurl_descriptor_same(&s->is);

	free(s);
	return closed;
}

int gocurl_ldap_knows(curl_socket_t fd)
{
	int known = 0;

	gocurl_mutex_lock(&lock);
	for (const struct socket *s = sockets; s && !known; s = s->next)
		known = s->is.fd == fd && gocurl_descriptor_same(&s->is);
	gocurl_mutex_unlock(&lock);
	return known;
}

int gocurl_ldap_close(void *cell, curl_socket_t fd)
{
	(void)cell; /* it may be gone */
	return gocurl_ldap_closed(fd) ? 0 : close(fd);
}

#endif
