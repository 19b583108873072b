package curl_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// shareScene brings a share into a state, and the caller into a place, from which do is called once.
type shareScene struct {
	st   state.State
	sit  state.Situation
	play func(t *testing.T, s *testserver.HTTP, share *curl.Share, do func())
}

var shareScenes = []shareScene{
	{state.Idle, state.Outside, func(t *testing.T, s *testserver.HTTP, share *curl.Share, do func()) { do() }},
	{state.Idle, state.ForeignCallback, func(t *testing.T, s *testserver.HTTP, share *curl.Share, do func()) { inCallback(t, s, do) }},
	{state.Attached, state.Outside, func(t *testing.T, s *testserver.HTTP, share *curl.Share, do func()) {
		attach(t, share, easy(t), easy(t))
		elsewhere(t, do)
	}},
	{state.Attached, state.ForeignCallback, func(t *testing.T, s *testserver.HTTP, share *curl.Share, do func()) {
		attach(t, share, easy(t), easy(t))
		inCallback(t, s, do)
	}},
	{state.Attached, state.NestedCallback, func(t *testing.T, s *testserver.HTTP, share *curl.Share, do func()) {
		h := easy(t)
		attach(t, share, h)
		duringSet(t, h, do)
	}},
	{state.InFlight, state.Outside, func(t *testing.T, s *testserver.HTTP, share *curl.Share, do func()) {
		halfwayAs(t, s, func(h *curl.Easy) { attach(t, share, h) }, nil, func(*curl.Easy) { do() })
	}},
	{state.InFlight, state.ForeignCallback, func(t *testing.T, s *testserver.HTTP, share *curl.Share, do func()) {
		halfwayAs(t, s, func(h *curl.Easy) { attach(t, share, h) }, nil, func(*curl.Easy) { inCallback(t, s, do) })
	}},
	{state.InFlight, state.OwnCallback, func(t *testing.T, s *testserver.HTTP, share *curl.Share, do func()) {
		halfwayAs(t, s, func(h *curl.Easy) { attach(t, share, h) }, func(*curl.Easy) { do() }, nil)
	}},
	{state.Connected, state.Outside, func(t *testing.T, s *testserver.HTTP, share *curl.Share, do func()) {
		h := connectOnlyMember(t, s, share)
		do()
		h.Close()
	}},
	{state.Closed, state.Outside, func(t *testing.T, s *testserver.HTTP, share *curl.Share, do func()) {
		closeShare(t, share)
		do()
	}},
	{state.Closed, state.ForeignCallback, func(t *testing.T, s *testserver.HTTP, share *curl.Share, do func()) {
		closeShare(t, share)
		inCallback(t, s, do)
	}},
}

// Close of a share, in every state and from every place that can be reached, is as the table says.
func TestShareKeepsTheStateTable(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for _, scene := range shareScenes {
		t.Run(fmt.Sprintf("%v, %v", scene.st, scene.sit), func(t *testing.T) {
			t.Parallel()
			want := state.Decide(state.CloseShare, scene.st, scene.sit)
			share := newShare(t, curl.ShareDNS)
			made := 0
			scene.play(t, s, share, func() {
				made++
				promptly(t, "Close of the share", func() {
					err := share.Close()
					var inUse *curl.InUseError
					if want.Accepted() && err != nil || !want.Accepted() && (!errors.As(err, &inUse) || !errors.Is(err, refusals[want])) {
						t.Errorf("%v; the table says %v", err, want)
					}
				})
				h := easy(t)
				if err := share.Attach(h); errors.Is(err, curl.ErrShareClosed) != want.Accepted() {
					t.Errorf("after the call (%v) Attach says %v", want, err)
				}
			})
			if made != 1 {
				t.Errorf("the call was made %d times", made)
			}
		})
	}
}
