/* One transfer after the other on a handle that is kept. */
#include "peer.h"

size_t count(char *p, size_t size, size_t n, void *total)
{
	n *= size;
	if (n && (p[0] != 'x' || p[n - 1] != 'x'))
		fail("a body with wrong bytes", p[0]);
	*(int64_t *)total += (int64_t)n;
	return n;
}

CURL *handle(const char *from, const char *path, int64_t *total)
{
	CURL *e = lib.easy_init();
	char url[256];

	snprintf(url, sizeof url, "%s%s", from, path);
	OK(lib.easy_setopt(e, CURLOPT_URL, url));
	OK(lib.easy_setopt(e, CURLOPT_WRITEFUNCTION, count));
	OK(lib.easy_setopt(e, CURLOPT_WRITEDATA, total));
	OK(lib.easy_setopt(e, CURLOPT_NOSIGNAL, 1L));
	return e;
}

static void repeat(CURL *e, long n, int64_t *total, int64_t size)
{
	*total = 0;
	for (long i = 0; i < n; i++)
		OK(lib.easy_perform(e));
	if (*total != n * size)
		fail("bytes are missing", (int)(n * size - *total));
}

void get64(long n)
{
	static CURL *e;
	static int64_t total;

	if (!e)
		e = handle(base, "/64", &total);
	repeat(e, n, &total, 64);
}

void get16k(long n)
{
	static CURL *e;
	static int64_t total;

	if (!e)
		e = handle(base, "/16384", &total);
	repeat(e, n, &total, 16384);
}

void get_h2(long n)
{
	static CURL *e;
	static int64_t total;

	if (!e) {
		e = handle(base_h2, "/64", &total);
		OK(lib.easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 0L));
	}
	repeat(e, n, &total, 64);
}

void download(long n)
{
	static CURL *e;
	static int64_t total;

	if (!e)
		e = handle(base, "/1073741824", &total);
	repeat(e, n, &total, 1 << 30);
}

void download512k(long n)
{
	static CURL *e;
	static int64_t total;

	if (!e) {
		e = handle(base, "/1073741824", &total);
		OK(lib.easy_setopt(e, CURLOPT_BUFFERSIZE, 512 * 1024L));
	}
	repeat(e, n, &total, 1 << 30);
}

static size_t give(char *p, size_t size, size_t n, void *left)
{
	int64_t *l = left;

	n *= size;
	if ((int64_t)n > *l)
		n = (size_t)*l;
	memset(p, 0, n);
	*l -= (int64_t)n;
	return n;
}

static void upload_from(long buffer, long n)
{
	enum { SIZE = 256 << 20 };
	static CURL *e;
	static int64_t total, left;

	if (!e) {
		e = handle(base, "/upload", &total);
		OK(lib.easy_setopt(e, CURLOPT_UPLOAD, 1L));
		OK(lib.easy_setopt(e, CURLOPT_INFILESIZE_LARGE, (curl_off_t)SIZE));
		OK(lib.easy_setopt(e, CURLOPT_READFUNCTION, give));
		OK(lib.easy_setopt(e, CURLOPT_READDATA, &left));
	}
	OK(lib.easy_setopt(e, CURLOPT_UPLOAD_BUFFERSIZE, buffer));
	for (long i = 0; i < n; i++) {
		left = SIZE;
		OK(lib.easy_perform(e));
		if (left)
			fail("bytes were not sent", (int)left);
	}
}

void upload(long n) { upload_from(64 << 10, n); } /* libcurl's default */
void upload_grown(long n) { upload_from(2 << 20, n); } /* as Easy.Input sets it */
