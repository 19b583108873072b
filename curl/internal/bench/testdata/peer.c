/* peer LIBCURL URL URL-H2: reads lines "work count", does it, answers "wall-ns cpu-ns 0". */
#include "peer.h"

#include <dlfcn.h>
#include <sys/resource.h>

struct libcurl lib;
const char *base, *base_h2;

static const struct {
	const char *name;
	void (*run)(long);
} works[] = {
	{ "Set10", set10 },
	{ "NewClose", create },
	{ "Get64", get64 },
	{ "Get16K", get16k },
	{ "GetHTTP2", get_h2 },
	{ "Get100Connections", many_perform },
	{ "Download1GiB", download },
	{ "Download1GiBBuffer512K", download512k },
	{ "StreamDownload1GiB", download },
	{ "Upload256MiB", upload },
	{ "UploadGrown256MiB", upload },
	{ "UploadBothGrown256MiB", upload_grown },
	{ "Engine50kGet/perform", many_perform },
	{ "Engine50kGet/socket", many_socket },
	{ "EngineHTTP2/perform", many_h2_perform },
	{ "EngineHTTP2/socket", many_h2_socket },
	{ "Trickle1000/perform", trickle_perform },
	{ "Trickle1000/socket", trickle_socket },
	{ "Beside0/perform", alone_perform },
	{ "Beside0/socket", alone_socket },
	{ "Beside4000/perform", beside_perform },
	{ "Beside4000/socket", beside_socket },
	{ "BesideSameHost4000/perform", beside_same_perform },
	{ "BesideSameHost4000/socket", beside_same_socket },
	{ "StreamEngine1GiB", download },
	{ "StreamCopy1GiB", download },
	{ "UploadEngine256MiB", upload },
};

void fail(const char *what, int code)
{
	fprintf(stderr, "C side: %s: %d\n", what, code);
	exit(1);
}

static int64_t wall(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int64_t cpu(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000000LL + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) * 1000LL;
}

static void *sym(void *so, const char *name)
{
	void *p = dlsym(so, name);

	if (!p)
		fail(name, 0);
	return p;
}

static void load(const char *path)
{
	CURLcode (*global_init)(long);
	void *so = dlopen(path, RTLD_NOW | RTLD_LOCAL);

	if (!so)
		fail(dlerror(), 0);
	*(void **)&global_init = sym(so, "curl_global_init");
	*(void **)&lib.easy_init = sym(so, "curl_easy_init");
	*(void **)&lib.easy_setopt = sym(so, "curl_easy_setopt");
	*(void **)&lib.easy_getinfo = sym(so, "curl_easy_getinfo");
	*(void **)&lib.easy_perform = sym(so, "curl_easy_perform");
	*(void **)&lib.easy_cleanup = sym(so, "curl_easy_cleanup");
	*(void **)&lib.multi_init = sym(so, "curl_multi_init");
	*(void **)&lib.multi_setopt = sym(so, "curl_multi_setopt");
	*(void **)&lib.multi_add_handle = sym(so, "curl_multi_add_handle");
	*(void **)&lib.multi_remove_handle = sym(so, "curl_multi_remove_handle");
	*(void **)&lib.multi_perform = sym(so, "curl_multi_perform");
	*(void **)&lib.multi_poll = sym(so, dlsym(so, "curl_multi_poll") ? "curl_multi_poll" : "curl_multi_wait");
	*(void **)&lib.multi_socket_action = sym(so, "curl_multi_socket_action");
	*(void **)&lib.multi_assign = sym(so, "curl_multi_assign");
	*(void **)&lib.multi_info_read = sym(so, "curl_multi_info_read");
	OK(global_init(3)); /* CURL_GLOBAL_ALL */
}

/* Thousands of connections need as many descriptors as the system allows; Go's runtime does the same. */
static void more_files(void)
{
	struct rlimit r;

	getrlimit(RLIMIT_NOFILE, &r);
	r.rlim_cur = r.rlim_max;
	setrlimit(RLIMIT_NOFILE, &r);
}

static void work(const char *name, long n)
{
	for (size_t i = 0; i < sizeof works / sizeof *works; i++)
		if (!strcmp(works[i].name, name)) {
			int64_t w = wall(), c = cpu();

			works[i].run(n);
			printf("%lld %lld 0\n", (long long)(wall() - w), (long long)(cpu() - c));
			fflush(stdout);
			return;
		}
	fail(name, 0);
}

int main(int argc, char **argv)
{
	char name[64];
	long n;

	if (argc != 4)
		fail("usage: peer LIBCURL URL URL-H2", argc);
	more_files();
	load(argv[1]);
	base = argv[2];
	base_h2 = argv[3];
	while (scanf("%63s %ld", name, &n) == 2)
		work(name, n);
	return 0;
}
