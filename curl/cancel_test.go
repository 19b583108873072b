package curl_test

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// hangGuard is how long a stopped Perform may take before a test calls it hung.
const hangGuard = 2 * time.Second

var errWhy = errors.New("the test's own cause")

// A stop is a way to end a transfer. begin makes the context of the Perform and a function that stops it.
type stop struct {
	name    string
	begin   func(h *curl.Easy) (context.Context, func())
	want    []error
	timeout bool
	closes  bool
}

var stops = []stop{
	{"cancel", func(*curl.Easy) (context.Context, func()) {
		ctx, cancel := context.WithCancelCause(context.Background())
		return ctx, func() { cancel(errWhy) }
	}, []error{context.Canceled, errWhy, codes.AbortedByCallback}, false, false},
	{"deadline", func(*curl.Easy) (context.Context, func()) {
		d := &deadline{Context: context.Background(), done: make(chan struct{})}
		return d, func() { close(d.done) }
	}, []error{context.DeadlineExceeded, codes.OperationTimedOut}, true, false},
	{"Easy.Cancel", func(h *curl.Easy) (context.Context, func()) {
		return context.Background(), func() { h.Cancel() }
	}, []error{curl.ErrCancelled, codes.AbortedByCallback}, false, false},
	{"Easy.Close", func(h *curl.Easy) (context.Context, func()) {
		return context.Background(), func() { h.Close() }
	}, []error{curl.ErrClosed, codes.AbortedByCallback}, false, true},
}

// deadline is a context whose deadline comes when the test says so.
type deadline struct {
	context.Context
	done chan struct{}
}

func (d *deadline) Done() <-chan struct{} { return d.done }

func (d *deadline) Err() error {
	select {
	case <-d.done:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

func TestStoppedInEachPhase(t *testing.T) {
	for _, p := range phases {
		t.Run(p.name, func(t *testing.T) {
			for _, s := range stops {
				t.Run(s.name, func(t *testing.T) { stoppedIn(t, p.start, s) })
			}
		})
	}
}

// stoppedIn stops a transfer in a phase, and then runs another one on the same handle.
func stoppedIn(t *testing.T, start func(testing.TB) phase, s stop) {
	t.Helper()
	testserver.CheckGoroutines(t)
	good := testserver.NewHTTP(t, testserver.HTTPConfig{})
	p := start(t)
	before := testserver.OpenFiles()
	h := handleWith(t, append(p.options, opt.UserAgent("still here"))...)
	stopPerform(t, h, p, s)
	if s.closes {
		if err := h.Set(opt.URL("http://127.0.0.1")); !errors.Is(err, curl.ErrClosed) {
			t.Errorf("Set after the Close: %v", err)
		}
		await(t, "the end of the C handle", h.Done())
	} else {
		worksStill(t, h, good)
		h.Close()
	}
	p.end()
	wantFiles(t, before)
}

// stopPerform runs Perform, stops it as soon as the phase is reached, and looks at its error.
func stopPerform(t *testing.T, h *curl.Easy, p phase, s stop) {
	t.Helper()
	ctx, stop := s.begin(h)
	ended := make(chan error, 1)
	go func() { ended <- h.Perform(ctx) }()
	await(t, "the phase", p.reached)
	stop()
	select {
	case err := <-ended:
		wantStopped(t, err, s)
	case <-time.After(hangGuard):
		t.Fatalf("Perform does not return after %s", s.name)
	}
}

func wantStopped(t *testing.T, err error, s stop) {
	t.Helper()
	for _, want := range s.want {
		if !errors.Is(err, want) {
			t.Errorf("the error is %v, which is no %v", err, want)
		}
	}
	var e *curl.Error
	if !errors.As(err, &e) || e.Timeout() != s.timeout {
		t.Errorf("the error is %#v; Timeout should say %v", err, s.timeout)
	}
}

// worksStill checks that the handle is as good as before, with the options it had.
func worksStill(t *testing.T, h *curl.Easy, s *testserver.HTTP) {
	t.Helper()
	if err := h.Set(opt.URL(s.URL("/")), opt.HTTPGet(true), opt.Upload(false)); err != nil {
		t.Fatal(err)
	}
	body, err := h.Fetch(bounded(t))
	if err != nil || string(body) != "hello\n" {
		t.Fatalf("the next transfer: %q, %v", body, err)
	}
	if r := s.Requests(); len(r) != 1 || r[0].Header.Get("User-Agent") != "still here" {
		t.Errorf("the next transfer's request: %+v", r)
	}
}

// wantFiles waits until no more descriptors are open than before.
func wantFiles(t *testing.T, before int) {
	t.Helper()
	if os.Getenv("GOCURL_TEST_ENGINE") != "" {
		return // the engine keeps connections
	}
	ctx, cancel := context.WithTimeout(context.Background(), hangGuard)
	defer cancel()
	for testserver.OpenFiles() > before {
		if ctx.Err() != nil {
			t.Errorf("%d descriptors are open, %d were before", testserver.OpenFiles(), before)
			return
		}
	}
}

func await(t testing.TB, what string, ch <-chan struct{}) {
	t.Helper()
	select {
	case <-ch:
	case <-time.After(5 * hangGuard):
		t.Fatalf("%s does not come", what)
	}
}
