#include "method.h"
#include "cell.h"

void gocurl_method_note(struct gocurl_cell *c, int32_t id, int64_t n)
{
	switch (id) {
	case CURLOPT_NOBODY:
		if (!n) { /* it takes itself back, and nothing else */
			if (c->method == CURLOPT_NOBODY)
				gocurl_method_note(c, CURLOPT_HTTPGET, 1);
			return;
		}
		break;
	case CURLOPT_HTTPGET:
		if (!n)
			return;
		break;
	case CURLOPT_POST:
	case CURLOPT_UPLOAD:
	case CURLOPT_PUT:
	case CURLOPT_MIMEPOST:
		break;
	case CURLOPT_POSTFIELDS:
		id = CURLOPT_POST;
		n = 1;
		break;
	default:
		return;
	}
	c->method = id;
	c->method_on = n != 0;
}

CURLcode gocurl_method_copy(struct gocurl_cell *to, const struct gocurl_cell *from)
{
	to->method = from->method;
	to->method_on = from->method_on;
	if (!to->method || to->method == CURLOPT_MIMEPOST)
		return CURLE_OK;
	return gocurl_fn.easy_setopt(to->easy, to->method, (long)to->method_on);
}
