/* A server that costs as little as possible, so that the client is what is measured. It prints its port.
 *
 * GET /N answers with N bytes, GET /trickle/N with one of N bytes every 100 ms, GET /idle with the first of two bytes
 * and then never again; PUT takes a body of known length. Connections stay open. It understands what its clients send
 * and nothing else. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/queue.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { TRICKLE_MS = 100 };

struct conn {
	int fd;
	size_t in_len, out_len, out_done; /* of in and out */
	long long body;                   /* bytes still to send after out */
	long long drop;                   /* bytes of a request's body still to come */
	long long slow;                   /* bytes still to trickle, in the queue while there are some */
	long long due;                    /* when the next of them goes out, in ms */
	TAILQ_ENTRY(conn) next;
	char in[8192], out[256];
};

/* Everybody waits equally long: who joins last is due last. */
static TAILQ_HEAD(, conn) queue = TAILQ_HEAD_INITIALIZER(queue);

static char filler[1 << 20];
static char scratch[1 << 20];
static const char continued[] = "HTTP/1.1 100 Continue\r\n\r\n";

/* Sends what there is to send: 1 when all is out, 0 when the socket is full, -1 when the client has gone. */
static int flush(struct conn *c)
{
	while (c->out_done < c->out_len || c->body) {
		struct iovec v[2] = {
			{ c->out + c->out_done, c->out_len - c->out_done },
			{ filler, c->body < (long long)sizeof filler ? (size_t)c->body : sizeof filler },
		};
		ssize_t n = writev(c->fd, v, 2);

		if (n < 0)
			return errno == EAGAIN ? 0 : -1;
		if ((size_t)n < v[0].iov_len) {
			c->out_done += (size_t)n;
			continue;
		}
		c->body -= n - (ssize_t)v[0].iov_len;
		c->out_done = c->out_len;
	}
	return 1;
}

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static void join(struct conn *c)
{
	c->due = now() + TRICKLE_MS;
	TAILQ_INSERT_TAIL(&queue, c, next);
}

/* Sends the bytes that are due and says how long it is to the next one: -1 without any. */
static int trickle(void)
{
	struct conn *c;

	while ((c = TAILQ_FIRST(&queue))) {
		long long wait = c->due - now();

		if (wait > 0)
			return (int)wait;
		TAILQ_REMOVE(&queue, c, next);
		if (send(c->fd, filler, 1, 0) == 1)
			c->slow--;
		else
			c->slow = 0; /* the client has gone, as epoll says as well */
		if (c->slow)
			join(c);
	}
	return -1;
}

/* Sets what to send for the path of a GET, and returns the length of the body. */
static long long body(struct conn *c, const char *path)
{
	if (!strncmp(path, "trickle/", 8)) {
		c->body = 0;
		if ((c->slow = atoll(path + 8)))
			join(c);
		return c->slow;
	}
	if (!strncmp(path, "idle ", 5)) {
		c->body = 1;
		return 2;
	}
	return c->body = atoll(path);
}

/* Answers the request at the start of in, which is terminated; head is its length. */
static void answer(struct conn *c, size_t head)
{
	char *length = strcasestr(c->in, "\r\ncontent-length:");
	size_t more = c->in_len - head;
	long long size = strncmp(c->in, "GET /", 5) ? 0 : body(c, c->in + 5);

	c->drop = length ? atoll(length + 17) : 0;
	c->out_done = 0;
	c->out_len = 0;
	if (c->drop && strcasestr(c->in, "\r\nexpect:")) {
		memcpy(c->out, continued, sizeof continued - 1);
		c->out_len = sizeof continued - 1;
		flush(c);
		c->out_len = c->out_done = 0;
	}
	c->out_len = (size_t)sprintf(c->out, "HTTP/1.1 200 OK\r\nContent-Length: %lld\r\n\r\n", size);
	if ((long long)more > c->drop)
		more = (size_t)c->drop;
	c->drop -= (long long)more;
	head += more;
	memmove(c->in, c->in + head, c->in_len - head);
	c->in_len -= head;
}

static int serve(struct conn *c)
{
	for (;;) {
		int sent = c->drop ? 1 : flush(c);
		char *to = c->drop ? scratch : c->in + c->in_len;
		size_t room = c->drop ? sizeof scratch : sizeof c->in - 1 - c->in_len;
		ssize_t n;
		char *end;

		if (sent <= 0)
			return sent;
		n = read(c->fd, to, room);
		if (n < 0 && errno == EAGAIN)
			return 0;
		if (n <= 0)
			return -1;
		if (c->drop) {
			c->drop -= n; /* a client waits for the answer before it sends more */
			continue;
		}
		c->in_len += (size_t)n;
		c->in[c->in_len] = 0;
		if ((end = strstr(c->in, "\r\n\r\n")))
			answer(c, (size_t)(end + 4 - c->in));
	}
}

static void accept_all(int listener, int ep)
{
	int fd, one = 1;

	while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		struct conn *c = calloc(1, sizeof *c);
		struct epoll_event ev = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c };

		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		c->fd = fd;
		epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev);
	}
	if (errno != EAGAIN) {
		perror("server: accept");
		exit(1);
	}
}

static void forget(struct conn *c)
{
	if (c->slow)
		TAILQ_REMOVE(&queue, c, next);
	close(c->fd);
	free(c);
}

int main(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY) };
	socklen_t len = sizeof a;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int ep = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event ready[64], ev = { .events = EPOLLIN };
	struct rlimit files;

	signal(SIGPIPE, SIG_IGN);
	memset(filler, 'x', sizeof filler);
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	/* Every address 127.x.y.z, and nothing from outside. */
	if (setsockopt(listener, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3) || bind(listener, (struct sockaddr *)&a, len) || listen(listener, 4096) ||
	    getsockname(listener, (struct sockaddr *)&a, &len) || epoll_ctl(ep, EPOLL_CTL_ADD, listener, &ev)) {
		perror("server");
		return 1;
	}
	printf("%d\n", ntohs(a.sin_port));
	fflush(stdout);
	for (;;) {
		int n = epoll_wait(ep, ready, 64, trickle());

		for (int i = 0; i < n; i++) {
			struct conn *c = ready[i].data.ptr;

			if (!c) {
				accept_all(listener, ep);
			} else if (serve(c) < 0) {
				forget(c);
			}
		}
	}
}
