package curl_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestCallsBesideACallThatIsInACallback makes each call from a goroutine that a callback of Set waits for. The handle
// rests, so there is nothing to steer; but Set is not finished with it, so that others are busy and Close comes later.
func TestCallsBesideACallThatIsInACallback(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for _, driven := range []bool{false, true} {
		for op := range state.Ops {
			if !op.OfHandle() || op == state.CloseShare || op == state.Read {
				continue // they have walks of their own
			}
			t.Run(fmt.Sprintf("driven=%v/%v", driven, op), func(t *testing.T) {
				t.Parallel()
				h := stateEasy(t, opt.URL(s.URL("/")))
				if driven { // a handle gets its driver with the first transfer
					if err := h.Perform(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				want := state.Decide(op, state.InFlight, state.Outside)
				if op == state.Remove {
					want = state.NotAdded
				}
				switch op {
				case state.Pause, state.Resume, state.Cancel:
					want = state.Decide(op, state.Idle, state.Outside)
				}
				duringSet(t, h, func() {
					elsewhere(t, func() {
						promptly(t, op.String(), func() { expectVerdict(t, op, want, stateCalls[op](h)) })
					})
				})
				if op == state.Close {
					awaited(t, "Done", h.Done())
					return
				}
				if err := h.Perform(t.Context()); err != nil {
					t.Errorf("afterwards: %v", err)
				}
			})
		}
	}
}

// TestCloseInsideACallbackOfReset: what callbacks ask for while a deferred call is being carried out is not lost.
func TestCloseInsideACallbackOfReset(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var h *curl.Easy
	closes := 0
	h = stateEasy(t, opt.URL(s.URL("/")), opt.ConnectOnly(opt.ConnectOnlyTransport),
		opt.CloseSocketFunction(func(fd uintptr) error {
			if closes++; errors.Is(h.Reset(), curl.ErrClosed) {
				return closeFD(fd) // see below
			}
			if err := h.Reset(); err != nil {
				t.Errorf("Reset: %v", err)
			}
			h.Close()
			return closeFD(fd)
		}))
	if err := h.Perform(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := h.Reset(); err != nil { // gives up the connection, which calls the function
		t.Errorf("the outer Reset: %v", err)
	}
	if v, err := curl.Version(); err == nil && v.Num < 0x075800 && closes == 0 {
		h.Close() // older releases keep the connection until now
	}
	if closes != 1 {
		t.Errorf("the close-socket function was called %d times", closes)
	}
	awaited(t, "Done", h.Done())
}
