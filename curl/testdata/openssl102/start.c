/* Runs the exported Go function when the object is loaded, and ends the process with what it returns. */
#include <stdlib.h>

extern int gocurlInHost(void);

__attribute__((constructor)) static void start(void)
{
	exit(gocurlInHost());
}
