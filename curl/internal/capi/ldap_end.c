#include "ldap_end.h"

#ifdef _WIN32
void gocurl_ldap_hear_of_ends(void) {}
#else
#include "ldap.h"
#include "tls_find.h"

#include <fcntl.h>
#include <pthread.h>

/* Of ldap.h and lber.h, which nobody has to have: OpenLDAP 2.4.17 and later. */
enum { OPT_CONNECT_CB = 0x5011, SB_OPT_GET_FD = 1, SB_OPT_SET_FD = 2 };

struct conncb {
	int (*add)(void *ld, void *sockbuf, void *url, void *address, struct conncb *cb);
	void (*del)(void *ld, void *sockbuf, struct conncb *cb);
	void *arg;
};

static int (*sockbuf_ctrl)(void *sockbuf, int option, void *arg);

static int begins(void *ld, void *sockbuf, void *url, void *address, struct conncb *cb)
{
	(void)ld, (void)sockbuf, (void)url, (void)address, (void)cb;
	return 0;
}

static void ends(void *ld, void *sockbuf, struct conncb *cb)
{
	int fd, own;

	(void)ld, (void)cb;
	if (sockbuf_ctrl(sockbuf, SB_OPT_GET_FD, &fd) != 1 || !gocurl_ldap_knows(fd))
		return;
	own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (own >= 0) /* else it has to close fd itself: gocurl_ldap_closed */
		sockbuf_ctrl(sockbuf, SB_OPT_SET_FD, &own);
}

/* Where libcurl was linked and not loaded, it may not have been bound to a function that it has not called yet. */
static gocurl_any function(const struct gocurl_tls_home *openldap, const char *name)
{
	gocurl_any f = gocurl_tls_function(openldap, name);

	return f ? f : gocurl_tls_anywhere(name);
}

static void hear(void)
{
	static struct conncb cb = { begins, ends, NULL };
	struct gocurl_tls_home openldap = gocurl_tls_home("ldap_unbind_ext");
	int (*set_option)(void *ld, int option, const void *value) =
		(int (*)(void *, int, const void *))function(&openldap, "ldap_set_option");

	sockbuf_ctrl = (int (*)(void *, int, void *))function(&openldap, "ber_sockbuf_ctrl");
	if (set_option && sockbuf_ctrl)
		set_option(NULL, OPT_CONNECT_CB, &cb);
}

void gocurl_ldap_hear_of_ends(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, hear);
}
#endif
