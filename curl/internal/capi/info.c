#include "info.h"
#include "confine.h"

struct gocurl_value gocurl_info_long(struct gocurl_cell *c, int32_t id)
{
	struct gocurl_value v = { 0 };
	long n = 0;

	v.code = gocurl_fn.easy_getinfo(c->easy, id, &n);
	v.n = n;
	return v;
}

struct gocurl_value gocurl_info_off(struct gocurl_cell *c, int32_t id)
{
	struct gocurl_value v = { 0 };
	curl_off_t n = 0;

	v.code = gocurl_fn.easy_getinfo(c->easy, id, &n);
	v.n = n;
	return v;
}

struct gocurl_value gocurl_info_double(struct gocurl_cell *c, int32_t id)
{
	struct gocurl_value v = { 0 };

	v.code = gocurl_fn.easy_getinfo(c->easy, id, &v.d);
	return v;
}

struct gocurl_value gocurl_info_pointer(struct gocurl_cell *c, int32_t id)
{
	struct gocurl_value v = { 0 };
	struct gocurl_share *in = gocurl_confine_enter_quiet(c->confined); /* COOKIELIST goes through the jar */
	void *p = NULL;

	v.code = gocurl_fn.easy_getinfo(c->easy, id, &p);
	v.p = p;
	gocurl_confine_leave_quiet(in);
	return v;
}

struct gocurl_value gocurl_info_socket(struct gocurl_cell *c, int32_t id)
{
	struct gocurl_value v = { 0 };
	curl_socket_t s = CURL_SOCKET_BAD;

	v.code = gocurl_fn.easy_getinfo(c->easy, id, &s);
	v.n = (intptr_t)s; /* -1 is CURL_SOCKET_BAD, whatever SOCKET is */
	return v;
}

int gocurl_option_type(int32_t id)
{
	const struct curl_easyoption *o;

	if (!gocurl_fn.easy_option_by_id)
		return -1;
	o = gocurl_fn.easy_option_by_id(id);
	return o ? (int)o->type : -1;
}

const struct curl_easyoption *gocurl_option_next(const struct curl_easyoption *prev)
{
	return gocurl_fn.easy_option_next(prev);
}

const struct curl_easyoption *gocurl_option_by_name(const char *name)
{
	return gocurl_fn.easy_option_by_name(name);
}

const struct curl_easyoption *gocurl_option_by_id(int32_t id)
{
	return gocurl_fn.easy_option_by_id((CURLoption)id);
}
