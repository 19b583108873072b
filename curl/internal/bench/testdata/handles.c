/* Options and handles: the costs without a network. */
#include "peer.h"

static size_t ignore(char *p, size_t size, size_t n, void *data)
{
	(void)p, (void)data;
	return size * n;
}

void set10(long n)
{
	static CURL *e;

	if (!e)
		e = lib.easy_init();
	for (long i = 0; i < n; i++) {
		OK(lib.easy_setopt(e, CURLOPT_FOLLOWLOCATION, 1L));
		OK(lib.easy_setopt(e, CURLOPT_MAXREDIRS, 10L));
		OK(lib.easy_setopt(e, CURLOPT_TIMEOUT_MS, 1000 + (i & 1)));
		OK(lib.easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, 500L));
		OK(lib.easy_setopt(e, CURLOPT_TCP_NODELAY, 1L));
		OK(lib.easy_setopt(e, CURLOPT_TCP_KEEPALIVE, 1L));
		OK(lib.easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 1L));
		OK(lib.easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, 100L));
		OK(lib.easy_setopt(e, CURLOPT_LOW_SPEED_TIME, 30L));
		OK(lib.easy_setopt(e, CURLOPT_MAX_RECV_SPEED_LARGE, (curl_off_t)(1 << 20)));
	}
}

void create(long n)
{
	for (long i = 0; i < n; i++) {
		CURL *e = lib.easy_init();

		OK(lib.easy_setopt(e, CURLOPT_URL, "http://127.0.0.1:8080/index.html"));
		OK(lib.easy_setopt(e, CURLOPT_USERAGENT, "benchmark/1.0"));
		OK(lib.easy_setopt(e, CURLOPT_FOLLOWLOCATION, 1L));
		OK(lib.easy_setopt(e, CURLOPT_MAXREDIRS, 10L));
		OK(lib.easy_setopt(e, CURLOPT_TIMEOUT_MS, 1000L));
		OK(lib.easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, 500L));
		OK(lib.easy_setopt(e, CURLOPT_WRITEFUNCTION, ignore));
		lib.easy_cleanup(e);
	}
}
