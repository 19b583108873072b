#include "load.h"
#include "signals.h"
#include "sink.h"
#include "spare.h"
#include "thread_locale.h"

const char *gocurl_load_version(void)
{
	return gocurl_fn.version ? gocurl_fn.version() : NULL;
}

int gocurl_load_init(void)
{
	gocurl_locale_open();
	return gocurl_spare_init();
}

static unsigned number;

const struct curl_version_info_data *gocurl_load_version_info(void)
{
	const struct curl_version_info_data *v = gocurl_fn.version_info(CURLVERSION_LAST - 1);

	number = v->version_num;
	if (number < 0x075500)
		gocurl_signals_need();
	gocurl_sink_open();
	return v;
}

unsigned gocurl_version_num(void)
{
	return number;
}
