package curl

import (
	"context"
	"fmt"
	"os"
	"runtime/pprof"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// crowdTime bounds each of the tests of threads: far more than it takes.
const crowdTime = 2 * time.Minute

// crowdSize is how many transfers are at work at once in those tests: 4000, unless the process may not have the
// descriptors for so many. Each takes its socket, a pair of libcurl's for curl_multi_wakeup, our own for the same
// purpose, and one for Go's poller.
func crowdSize(t *testing.T) int {
	t.Helper()
	const least, each = 1000, 5
	most := uint64(testserver.Fewer(t, 4000, least, "transfers at once"))
	rest := uint64(200 + max(0, testserver.OpenFiles())) // libcurl leaves some of its own to the processes we start
	may := descriptors(t, most*each+rest)
	n := int(min(most, (may-rest)/each))
	if n < least {
		t.Skipf("with %d descriptors there can be %d transfers at once, too few to prove anything; raise the limit (ulimit -n)", may, n)
	}
	if n < int(most) {
		t.Logf("only %d transfers at once: the process may have no more than %d descriptors", n, may)
	}
	return n
}

// crowdIn runs body in a process of its own, which has nothing but libcurl's threads and those of Go. There is the URL
// that serve gives in this process; n is the size of the crowd.
func crowdIn(t *testing.T, serve func(n int) (url string), body func(ctx context.Context, url string, n int)) {
	t.Helper()
	const env = "GOCURL_TEST_CROWD"
	n, url := 0, ""
	if given := os.Getenv(env); given == "" {
		n = crowdSize(t)
		url = serve(n)
	} else if _, err := fmt.Sscan(given, &n, &url); err != nil {
		t.Fatal(err)
	}
	if !inChild(t, env+"="+fmt.Sprint(n, " ", url), "GOCURL_LIBRARY="+libraryInUse()) {
		return
	}
	descriptors(t, 6*uint64(n))
	ctx, cancel := context.WithTimeout(t.Context(), crowdTime)
	defer cancel()
	body(ctx, url, n)
}

// libraryInUse is what a process of a test's own has to load to use the same libcurl as this one.
func libraryInUse() string { return os.Getenv("GOCURL_LIBRARY") }

// threadsSoFar is how many threads this process has ever had: the runtime's profile never forgets one.
func threadsSoFar() int { return pprof.Lookup("threadcreate").Count() }

func wantFewThreads(t *testing.T, when string) {
	t.Helper()
	created, now := threadsSoFar(), testserver.Threads()
	t.Logf("%s: %d threads so far, %d now", when, created, now)
	if created > driver.Threads {
		t.Errorf("%s: %d threads so far, want at most %d", when, created, driver.Threads)
	}
}

// launch starts a goroutine for each transfer, which makes its handle, uses it and closes it.
func launch(n int, use func(h *Easy) error, options ...opt.Option) (ended <-chan error) {
	errs := make(chan error, n)
	for range n {
		go func() {
			h, err := New(append(options, opt.NoProxy("*"))...)
			if err == nil {
				err = use(h)
				h.Close()
			}
			errs <- err
		}()
	}
	return errs
}

// counted closes the channel after n calls of the function.
func counted(n int) (one func(), all <-chan struct{}) {
	var so atomic.Int32
	ch := make(chan struct{})
	var once sync.Once
	return func() {
		if so.Add(1) == int32(n) {
			once.Do(func() { close(ch) })
		}
	}, ch
}

// reach waits for ch, and says what a transfer that ended too early reports.
func reach(t *testing.T, ctx context.Context, what string, ch <-chan struct{}, ended <-chan error) {
	t.Helper()
	select {
	case <-ch:
	case err := <-ended:
		t.Fatalf("%s: before that, a transfer ended: %v", what, err)
	case <-ctx.Done():
		t.Fatalf("%s: %v", what, context.Cause(ctx))
	}
}
