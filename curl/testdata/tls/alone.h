/* Of a stand-in for a TLS library: the part in which two threads must never be at once. */
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

static int inside;

static void one_more(void)
{
	static const char said[] = "two threads are inside the stand-in\n";

	if (__atomic_fetch_add(&inside, 1, __ATOMIC_SEQ_CST) != 0) {
		if (write(2, said, sizeof said - 1) < 0)
			_exit(4);
		_exit(3);
	}
	usleep(100); /* for another one to come */
}

static void one_less(void)
{
	__atomic_fetch_sub(&inside, 1, __ATOMIC_SEQ_CST);
}
