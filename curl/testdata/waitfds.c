/* A stand-in for a libcurl with curl_multi_waitfds as it was from 8.8.0 to 8.10.1, and a hundred sockets: with too little room it
 * says so, and not how much it needs. */
struct waitfd { int fd; short events, revents; };

int curl_multi_waitfds(void *multi, struct waitfd *fds, unsigned room, unsigned *count)
{
	unsigned n = 0;

	(void)multi;
	for (; n < 100 && n < room; n++)
		fds[n] = (struct waitfd){ (int)n, 1, 0 };
	*count = n;
	return n < 100 ? 3 : 0; /* CURLM_OUT_OF_MEMORY */
}
