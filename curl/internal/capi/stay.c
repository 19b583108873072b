#include "stay.h"
#include "cell.h"
#include "driver.h"
#include "zcallbacks.h"

void gocurl_cell_stay(struct gocurl_cell *c)
{
	c->stays = 1;
	if (!(c->functions >> GOCURL_FUNCTION_SOCKOPTFUNCTION & 1))
		gocurl_set_function(c, CURLOPT_SOCKOPTFUNCTION, 0);
}

int gocurl_strays(struct gocurl_cell *c)
{
	if (!c->stays || !c->driver || !c->driver->shared || c->driver->confined)
		return 0;
	c->strayed = 1;
	return 1;
}
