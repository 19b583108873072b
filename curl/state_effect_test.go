package curl_test

import (
	"context"
	"errors"
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
	h = stateEasy(t, opt.URL(s.URL("/bytes/100000")), opt.WriteFunction(func(p []byte) error {
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
	for range 50 {
		var resumed atomic.Bool
		var early atomic.Int32
		h := stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error {
			if !resumed.Load() {
				early.Add(1)
			}
			return nil
		}))
		served := s.Served()
		ended := make(chan error, 1)
		go func() { ended <- h.Perform(context.Background()) }()
		for h.Pause(curl.Receiving) != nil {
			if early.Load() > 0 {
				break // it was over before we came
			}
		}
		before := early.Load()
		awaited(t, "the request", s.Requested(served+1))
		if n := early.Load(); n != before {
			t.Fatalf("%d calls of the write function while paused", n-before)
		}
		resumed.Store(true)
		h.Resume(curl.Receiving)
		if err := awaited(t, "the end", ended); err != nil {
			t.Fatal(err)
		}
	}
}
