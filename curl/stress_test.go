package curl_test

import (
	"cmp"
	"os"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// stressTime is how long random calls are made; the environment variable GOCURL_STRESS makes it longer.
func stressTime(t *testing.T) time.Duration {
	t.Helper()
	usual := time.Duration(testserver.Fewer(t, 2000, 500, "milliseconds")) * time.Millisecond
	d, err := time.ParseDuration(cmp.Or(os.Getenv("GOCURL_STRESS"), usual.String()))
	if err != nil {
		t.Fatal("GOCURL_STRESS: ", err)
	}
	return d
}

// TestRandomCalls has many goroutines make random calls on a few handles, from outside and from inside callbacks,
// among them Close, Reset, Clone and Cancel, while transfers of all kinds run against peers that misbehave. Every answer
// must be the one that the state table gives; a goroutine that has a handle for itself knows which one that is, the others
// know which ones are possible (stress_model_test.go). Nothing may hang; and when all handles are closed nothing may be
// left.
func TestRandomCalls(t *testing.T) {
	seed, err := strconv.ParseUint(cmp.Or(os.Getenv("GOCURL_STRESS_SEED"), strconv.FormatInt(time.Now().UnixNano(), 10)), 10, 64)
	if err != nil {
		t.Fatal("GOCURL_STRESS_SEED: ", err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("make stress DURATION=%v SEED=%d makes the same calls again; which of them meet is up to the scheduler", stressTime(t), seed)
		}
	})
	testserver.CheckGoroutines(t)
	warmUp(t)
	files, threads, abandoned := testserver.OpenFiles(), testserver.Threads(), curl.Abandoned()

	const goroutines, handles = 16, 16
	w := newStress(t, seed, handles)
	open := testserver.OpenFiles() - files // of the peers
	deadline := time.Now().Add(stressTime(t))
	var players []*player
	for i := range goroutines {
		players = append(players, newPlayer(w, i))
	}
	watched := watchPlayers(w, players)
	var all sync.WaitGroup
	for _, p := range players {
		all.Go(func() { p.play(deadline) })
	}
	all.Wait()
	watched()
	w.closeAll()
	t.Log(w.report())
	w.peers.close()

	if n := testserver.Threads(); n > threads+64 {
		t.Errorf("%d threads at the end, %d at the start", n, threads)
	}
	if n := curl.Abandoned() - abandoned; n != 0 {
		t.Errorf("%d handles were given up", n)
	}
	if !w.enough() {
		t.Error("nothing was checked exactly, or no transfer completed")
	}
	expectFiles(t, files+open)
	curl.EndMemory(t)
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
	if os.Getenv("GOCURL_TEST_TSAN") != "" {
		n += 2 // ThreadSanitizer's pipes, from the first suppression on, to a program that knows the names of functions
	}
	for end := time.Now().Add(5 * time.Second); testserver.OpenFiles() > n; runtime.Gosched() {
		if time.Now().After(end) {
			t.Errorf("%d descriptors are open, there were %d: %s", testserver.OpenFiles(), n, testserver.FileNames())
			return
		}
	}
}
