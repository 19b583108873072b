package testserver_test

import (
	"os"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

func TestCheckGoroutinesWaitsForTheLast(t *testing.T) {
	r := &recorder{T: t}
	testserver.CheckGoroutines(r)
	quit, gone := make(chan struct{}), make(chan struct{})
	go func() { <-quit; close(gone) }()
	close(quit) // it ends some time after this
	r.end()
	if len(r.failures) != 0 {
		t.Errorf("failures: %q", r.failures)
	}
	<-gone
}

func TestCheckGoroutinesShowsWhatIsLeft(t *testing.T) {
	testserver.LeaveOut(t, "it takes the patience of the check, 2 seconds")
	r := &recorder{T: t}
	testserver.CheckGoroutines(r)
	quit := make(chan struct{})
	defer close(quit)
	go func() { leftover(quit) }()
	r.end()
	if len(r.failures) != 1 || !strings.Contains(r.failures[0], "leftover") {
		t.Errorf("failures: %q", r.failures)
	}
}

func leftover(quit chan struct{}) { <-quit }

func TestProcessFigures(t *testing.T) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skipf("no /proc here: %v", err)
	}
	before := testserver.OpenFiles()
	f, err := os.Open(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := testserver.OpenFiles(); got != before+1 {
		t.Errorf("%d files with one more than %d open", got, before)
	}
	_ = f.Close()
	if got := testserver.OpenFiles(); got != before {
		t.Errorf("%d files after closing, %d before", got, before)
	}
	if n := testserver.Threads(); n < 2 {
		t.Errorf("%d threads in a Go process", n)
	}
	if n := testserver.RSS(); n < 1<<20 || n > 1<<34 {
		t.Errorf("%d bytes of memory", n)
	}
}
