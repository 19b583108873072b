package curl_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// TestRuntimeKeepsTheStateTable makes every call of the table, in every state and from every place that can be
// reached, and compares what the runtime answers with the table; then it lets the handle's transfer end and looks
// whether an accepted call has done what it promises.
func TestRuntimeKeepsTheStateTable(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for _, scene := range slices.Concat(stateScenes, memberScenes) {
		for op := range state.Ops {
			if !op.OfHandle() || op == state.CloseShare || op == state.Read {
				continue // they have walks of their own
			}
			t.Run(fmt.Sprintf("%v, %v (%v)/%v", scene.st, scene.sit, scene.how, op), func(t *testing.T) {
				t.Parallel()
				want := state.Decide(op, scene.st, scene.sit)
				if op == state.Remove && !scene.member && want != state.ClosedHandle {
					want = state.NotAdded
				}
				made := 0
				h, ended := scene.play(t, s, func(h *curl.Easy) {
					made++
					promptly(t, op.String(), func() { expectVerdict(t, op, want, stateCalls[op](h)) })
				})
				if made != 1 {
					t.Errorf("the call was made %d times", made)
				}
				expectEnd(t, scene.st, op, want, ended)
				expectAfter(t, h, scene, op, want)
			})
		}
	}
}

// expectEnd looks at how the transfer ended that was in flight.
func expectEnd(t *testing.T, st state.State, op state.Op, v state.Verdict, ended error) {
	t.Helper()
	var want error
	switch {
	case op == state.Close && (st == state.Attached || st == state.Done): // there is no transfer that could end
		return
	case st == state.Draining && ended == nil: // it was closed at rest
	case st == state.Draining, st == state.InFlight && op == state.Close:
		want = curl.ErrClosed
	case (st == state.InFlight || st == state.Attached) && op == state.Cancel:
		want = curl.ErrCancelled
	}
	if !errors.Is(ended, want) {
		t.Errorf("after %v (%v) the transfer ended with %v, not %v", op, v, ended, want)
	}
}

// expectAfter looks at the handle when nothing is in progress any more.
func expectAfter(t *testing.T, h *curl.Easy, scene stateScene, op state.Op, v state.Verdict) {
	t.Helper()
	gone := op == state.Close || scene.st == state.Draining || scene.st == state.Closed
	if gone {
		awaited(t, "Done", h.Done())
	}
	var err error
	elsewhere(t, func() { err = h.Cancel() }) // nothing to cancel, if there still is a handle
	if errors.Is(err, curl.ErrClosed) != gone {
		t.Errorf("after %v (%v) and the end of everything, Cancel says %v", op, v, err)
	}
	if op == state.Reset && v.Accepted() {
		if err := h.Perform(t.Context()); !errors.Is(err, codes.URLMalformed) {
			t.Errorf("after Reset (%v) there is still a URL: %v", v, err)
		}
	}
	h.Close()
	awaited(t, "Done", h.Done())
}
