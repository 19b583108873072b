package curl_test

import (
	"cmp"
	"os"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// stressTime is how long random calls are made; the environment variable GOCURL_STRESS makes it longer.
func stressTime(t *testing.T) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(cmp.Or(os.Getenv("GOCURL_STRESS"), "2s"))
	if err != nil {
		t.Fatal("GOCURL_STRESS: ", err)
	}
	return d
}

// TestRandomCalls has many goroutines make random calls on a few handles, from outside and from inside callbacks,
// among them Close, Reset, Clone and Cancel, while transfers of all kinds run. Every error must be one that the call
// may return in some state; nothing may hang; and when all handles are closed nothing may be left.
func TestRandomCalls(t *testing.T) {
	seed, err := strconv.ParseUint(cmp.Or(os.Getenv("GOCURL_STRESS_SEED"), strconv.FormatInt(time.Now().UnixNano(), 10)), 10, 64)
	if err != nil {
		t.Fatal("GOCURL_STRESS_SEED: ", err)
	}
	t.Logf("GOCURL_STRESS_SEED=%d", seed) // the calls come in the same order then, not what they meet
	testserver.CheckGoroutines(t)
	warmUp(t)
	files, threads := testserver.OpenFiles(), testserver.Threads()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	s.Gate("open").Open()

	const goroutines, handles = 16, 12
	w := newStress(t, s, seed, handles)
	hung := time.AfterFunc(stressTime(t)+60*time.Second, func() { panicWithStacks("random calls hang") })
	defer hung.Stop()
	deadline := time.Now().Add(stressTime(t))
	var all sync.WaitGroup
	for range goroutines {
		all.Go(func() {
			for time.Now().Before(deadline) {
				w.call(0)
			}
		})
	}
	all.Wait()
	w.closeAll()
	t.Logf("calls: %s", w.summary())
	s.Close()

	if n := testserver.Threads(); n > threads+64 {
		t.Errorf("%d threads at the end, %d at the start", n, threads)
	}
	expectFiles(t, files)
}

// warmUp has libcurl and Go open what they keep open for good.
func warmUp(t *testing.T) {
	t.Helper()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := stateEasy(t, opt.URL(s.URL("/slow")))
	go func() {
		<-s.Requested(1)
		s.Gate("").Open()
	}()
	if err := h.Perform(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.Close()
	s.Close()
}

// expectFiles waits until no more than n descriptors are open.
func expectFiles(t *testing.T, n int) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); testserver.OpenFiles() > n; runtime.Gosched() {
		if time.Now().After(end) {
			t.Errorf("%d descriptors are open, there were %d", testserver.OpenFiles(), n)
			return
		}
	}
}
