package curl_test

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// exits runs f in a goroutine of its own, which it is to end from within.
func exits(t *testing.T, f func()) {
	t.Helper()
	gone, returned := make(chan struct{}), false
	go func() {
		defer close(gone)
		f()
		returned = true
	}()
	within(t, "the end of the goroutine", gone)
	if returned {
		t.Fatal("the goroutine went on after Goexit")
	}
}

// leaky skips a test of Goexit where the address sanitizer looks for leaks: what the skipped C frames had in hand is lost.
func leaky(t *testing.T) {
	t.Helper()
	privately(t, "callbacks have no frames of libcurl under them, TestEngineSurvivesGoexit")
	if keepsFreed && !strings.Contains(os.Getenv("ASAN_OPTIONS"), "detect_leaks=0") {
		t.Skip("leaks by nature; to run it under the address sanitizer set ASAN_OPTIONS=detect_leaks=0")
	}
}

func goexit() error { runtime.Goexit(); return nil }

// Goexit in a callback gives up the handle's C side, and nothing else: no crash, no hang, and all other handles work.
func TestGoexitInEachCallback(t *testing.T) {
	leaky(t)
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			options, ok := k.available(t)
			if !ok {
				return
			}
			lost := curl.Abandoned()
			h := easy(t, append(options, k.hook(goexit))...)
			if k.late {
				perform(t, h)
				exits(t, func() { h.Close() })
			} else {
				exits(t, func() { h.Perform(patient(t)) })
			}
			wantAbandoned(t, h)
			if n := curl.Abandoned(); n != lost+1 {
				t.Errorf("%d handles were given up, want 1", n-lost)
			}
			perform(t, easy(t, append(options, k.hook(func() error { return nil }))...))
		})
	}
}

// wantAbandoned checks that every call on a handle says why it is lost, and that Close is fine.
func wantAbandoned(t *testing.T, h *curl.Easy) {
	t.Helper()
	_, infoErr := curl.Info(h, info.ResponseCode)
	_, cloneErr := h.Clone()
	for name, err := range map[string]error{
		"Perform": h.Perform(patient(t)), "Set": h.Set(opt.Verbose(false)), "Reset": h.Reset(), "Info": infoErr,
		"Clone": cloneErr, "Pause": h.Pause(curl.Receiving), "Resume": h.Resume(curl.Receiving),
	} {
		if !errors.Is(err, curl.ErrAbandoned) {
			t.Errorf("%s: %v, want ErrAbandoned", name, err)
		}
	}
	if err := h.Close(); err != nil {
		t.Error(err)
	}
	within(t, "Done", h.Done())
}

// Goexit in the innermost of nested transfers takes all of them along, since it ends their goroutine too.
func TestGoexitInNestedTransfer(t *testing.T) {
	leaky(t)
	options, _ := httpPeer("/bytes/1")(t)
	bystander := easy(t, options...)
	inner := easy(t, append(options, opt.WriteFunction(func([]byte) error { return goexit() }))...)
	var cleanup error
	var outer *curl.Easy
	outer = easy(t, append(options, opt.WriteFunction(func([]byte) error {
		// Deferred functions of the callback still stand in it.
		defer func() { cleanup = outer.Perform(patient(t)) }()
		return inner.Perform(patient(t))
	}))...)
	exits(t, func() { outer.Perform(patient(t)) })
	if !errors.Is(cleanup, curl.ErrInCallback) {
		t.Errorf("Perform of the outer handle in its own callback: %v", cleanup)
	}
	wantAbandoned(t, inner)
	wantAbandoned(t, outer)
	perform(t, bystander)
}

// Goexit in a callback that Set has fired.
func TestGoexitInSet(t *testing.T) {
	leaky(t)
	h := easy(t, opt.CookieFile(""), opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) { goexit() }))
	exits(t, func() { h.Set(noisy) })
	wantAbandoned(t, h)
}

// Goroutines that use the handle while Goexit takes it away all get an answer.
func TestGoexitBesideOtherCalls(t *testing.T) {
	leaky(t)
	options, _ := httpPeer("/bytes/1")(t)
	inside, leave := make(chan struct{}), make(chan struct{})
	h := easy(t, append(options, opt.WriteFunction(func([]byte) error { close(inside); <-leave; return goexit() }))...)
	var users sync.WaitGroup
	gone := make(chan struct{})
	go func() { defer close(gone); h.Perform(patient(t)) }()
	within(t, "the callback", inside)
	for range 4 {
		users.Go(func() {
			for {
				_, err := curl.Info(h, info.ResponseCode)
				h.Pause(curl.Sending)
				h.Resume(curl.Sending)
				if errors.Is(err, curl.ErrAbandoned) {
					return
				}
				runtime.Gosched()
			}
		})
	}
	close(leave)
	within(t, "the end of the goroutine", gone)
	users.Wait()
	wantAbandoned(t, h)
}

// t.FailNow is Goexit too: a test that fails in a callback ends, and the next one runs.
func TestGoexitByFailNow(t *testing.T) {
	leaky(t)
	options, _ := httpPeer("/bytes/1")(t)
	var failing testing.T // not this test
	h := easy(t, append(options, opt.HeaderFunction(func([]byte) error { failing.FailNow(); return nil }))...)
	exits(t, func() { h.Perform(patient(t)) })
	if !failing.Failed() {
		t.Error("FailNow did not run")
	}
	wantAbandoned(t, h)
}
