package curl_test

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestResetInACallbackComesAfterTheTransfer(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	calls := 0
	var h *curl.Easy
	h = stateEasy(t, opt.URL(s.URL("/bytes/1000000")), opt.WriteFunction(func(p []byte) error {
		calls++
		return h.Reset()
	}))
	if err := h.Perform(t.Context()); err != nil {
		t.Fatal(err)
	}
	if calls < 2 {
		t.Errorf("the write function was called %d times: it did not last for the transfer", calls)
	}
	if err := h.Perform(t.Context()); !errors.Is(err, codes.URLMalformed) {
		t.Errorf("there is still a URL: %v", err)
	}
}

func TestCloneInACallbackPerformsThere(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var h *curl.Easy
	depth, bodies := 0, []string{}
	h = stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func(p []byte) error {
		bodies = append(bodies, string(p))
		if depth++; depth > 1 {
			return nil
		}
		clone, err := h.Clone()
		if err != nil {
			return err
		}
		defer clone.Close()
		return clone.Perform(context.Background())
	}))
	if err := h.Perform(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(bodies, ""); got != "hello\nhello\n" {
		t.Errorf("the bodies are %q", got)
	}
}

func TestSetInACallbackChangesTheTransfer(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var first, second string
	h, err := halfway(t, s, func(h *curl.Easy) {
		first += "1"
		if err := h.Set(opt.WriteFunction(func(p []byte) error { second += string(p); return nil })); err != nil {
			t.Error(err)
		}
	}, nil)
	if err != nil || first != "1" || second != "2" {
		t.Errorf("old function %q, new function %q, %v", first, second, err)
	}
	if n, err := curl.Info(h, info.SizeDownload); err != nil || n != 2 {
		t.Errorf("%d bytes, %v", n, err)
	}
}

// TestStoppingInACallbackIsNeverTooLate: the body is there and over when its write function stops the transfer.
func TestStoppingInACallbackIsNeverTooLate(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for _, c := range []struct {
		name string
		stop func(h *curl.Easy) error
		want error
	}{
		{"Cancel", (*curl.Easy).Cancel, curl.ErrCancelled},
		{"Close", (*curl.Easy).Close, curl.ErrClosed},
	} {
		t.Run(c.name, func(t *testing.T) {
			mine := errors.New("mine")
			for _, returned := range []error{nil, mine} {
				var h *curl.Easy
				calls := 0
				h = stateEasy(t, opt.URL(s.URL("/chunked/5000")), opt.WriteFunction(func([]byte) error {
					calls++
					if err := c.stop(h); err != nil {
						t.Error(err)
					}
					return returned
				}))
				err := h.Perform(t.Context())
				if !errors.Is(err, c.want) || !errors.Is(err, codes.AbortedByCallback) {
					t.Errorf("Perform: %v", err)
				}
				if returned != nil && !errors.Is(err, returned) {
					t.Errorf("the function's own error is lost: %v", err)
				}
				if calls != 1 {
					t.Errorf("the write function was called %d times", calls)
				}
			}
		})
	}
}

// TestPauseBeforeTheFirstStepHolds: a Pause that is accepted as early as can be, maybe before libcurl has taken its
// first step, keeps data back until Resume.
func TestPauseBeforeTheFirstStepHolds(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for i := range 50 {
		name := strconv.Itoa(i)
		gate := s.Gate(name) // shut: no data before it opens
		var resumed atomic.Bool
		var early, got atomic.Int32
		h := stateEasy(t, opt.URL(s.URL("/trickle/5?gate="+name)), opt.WriteFunction(func(p []byte) error {
			if !resumed.Load() {
				early.Add(1)
			}
			got.Add(int32(len(p)))
			return nil
		}))
		ended := make(chan error, 1)
		go func() { ended <- h.Perform(context.Background()) }()
		for h.Pause(curl.Receiving) != nil {
			runtime.Gosched() // not in flight yet
		}
		gate.Open()
		if !pollingRelease() && os.Getenv("GOCURL_TEST_ENGINE") == "" { // there a paused transfer does not even connect
			awaited(t, "the last byte", gate.Arrived(5))
		}
		if n := early.Load(); n != 0 {
			t.Errorf("%d calls of the write function while paused", n)
		}
		resumed.Store(true)
		if err := h.Resume(curl.Receiving); err != nil {
			t.Errorf("Resume: %v", err)
		}
		if err := awaited(t, "the end", ended); err != nil || got.Load() != 5 {
			t.Fatalf("%d bytes, %v", got.Load(), err)
		}
	}
}
