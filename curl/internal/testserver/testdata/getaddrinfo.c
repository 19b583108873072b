/*
 * A getaddrinfo that hangs, preloaded into a child of a test.
 *
 * A name under .hang.test is reported to the Unix socket that GOCURL_RESOLVER
 * names, and the caller then waits until the other side closes that connection.
 * Every other name goes to the C library.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

typedef int lookup(const char *, const char *, const struct addrinfo *, struct addrinfo **);

static int hangs(const char *name)
{
  static const char suffix[] = ".hang.test";
  size_t length = name ? strlen(name) : 0;

  return length >= sizeof(suffix) && !strcmp(name + length - (sizeof(suffix) - 1), suffix);
}

static int wait_for_release(const char *name)
{
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const char *path = getenv("GOCURL_RESOLVER");
  char line[NI_MAXHOST + 1];
  int length = snprintf(line, sizeof(line), "%s\n", name);
  ssize_t got = -1;
  char byte;
  int s;

  if(!path || strlen(path) >= sizeof(address.sun_path) || length >= (int)sizeof(line))
    return EAI_FAIL;
  strcpy(address.sun_path, path);
  s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if(s < 0)
    return EAI_SYSTEM;
  if(!connect(s, (struct sockaddr *)&address, sizeof(address)) &&
     send(s, line, length, MSG_NOSIGNAL) == length) {
    do
      got = read(s, &byte, 1);
    while(got < 0 && errno == EINTR);
  }
  close(s);
  return got == 0 ? EAI_AGAIN : EAI_FAIL;
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **result)
{
  lookup *next;

  if(hangs(name))
    return wait_for_release(name);
  next = (lookup *)dlsym(RTLD_NEXT, "getaddrinfo");
  return next ? next(name, service, hints, result) : EAI_FAIL;
}
