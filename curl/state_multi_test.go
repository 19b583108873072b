package curl_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// multiCalls makes each operation of the state table that is about a multi. member is a handle to add.
var multiCalls = map[state.Op]func(m *curl.Multi, member *curl.Easy) error{
	state.MultiStep: func(m *curl.Multi, _ *curl.Easy) error { _, err := m.Perform(); return err },
	state.MultiWait: func(m *curl.Multi, _ *curl.Easy) error {
		_, err := m.Poll(context.Background(), 10*time.Millisecond)
		return err
	},
	state.MultiSet:      func(m *curl.Multi, _ *curl.Easy) error { return m.Set(multiopt.MaxConnects(7)) },
	state.MultiAsk:      func(m *curl.Multi, _ *curl.Easy) error { _, err := m.Count(multiopt.TransfersAdded); return err },
	state.MultiMembers:  func(m *curl.Multi, member *curl.Easy) error { return m.Add(member) },
	state.MultiMessages: func(m *curl.Multi, _ *curl.Easy) error { m.InfoRead(); return nil },
	state.MultiClose:    func(m *curl.Multi, _ *curl.Easy) error { return m.Close() },
}

// multiScenes bring a multi into a state, and the caller into a place.
var multiScenes = []struct {
	st   state.State
	sit  state.Situation
	how  string
	play func(t *testing.T, s *testserver.HTTP, do func(m *curl.Multi))
}{
	{state.Idle, state.Outside, "new", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) { do(newMulti(t)) }},
	{state.Idle, state.ForeignCallback, "callback of a handle", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		m := newMulti(t)
		inCallback(t, s, func() { do(m) })
	}},
	{state.Attached, state.Outside, "member in flight", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		m := newMulti(t)
		flying(t, s, m, nil)
		do(m)
	}},
	{state.Attached, state.ForeignCallback, "callback of a handle", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		m := newMulti(t)
		flying(t, s, m, nil)
		inCallback(t, s, func() { do(m) })
	}},
	{state.Attached, state.SiblingCallback, "callback fired by Set on a member", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		m := newMulti(t)
		duringSet(t, memberEasy(t, m, opt.URL(s.URL("/"))), func() { do(m) })
	}},
	{state.Attached, state.EventCallback, "timer function called by Add", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		var m *curl.Multi
		ran := false
		m = newMulti(t, multiopt.TimerFunction(func(time.Duration) error {
			if !ran {
				ran = true
				do(m)
			}
			return nil
		}))
		memberEasy(t, m, opt.URL(s.URL("/")))
	}},
	{state.InFlight, state.Outside, "during a poll", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		m := newMulti(t)
		ended := polled(t, m)
		do(m)
		m.Wakeup()
		if err := awaited(t, "the end of the poll", ended); err != nil && !errors.Is(err, curl.ErrClosed) {
			t.Error(err)
		}
	}},
	{state.InFlight, state.Outside, "goroutine that a member's callback waits for", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		m := newMulti(t)
		flying(t, s, m, func(*curl.Easy) { elsewhere(t, func() { do(m) }) })
	}},
	{state.InFlight, state.SiblingCallback, "callback of a member", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		m := newMulti(t)
		flying(t, s, m, func(*curl.Easy) { do(m) })
	}},
	{state.InFlight, state.EventCallback, "socket function", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		_, play := inEvent(t, s, do)
		play()
	}},
	{state.Draining, state.SiblingCallback, "callback of a member that has closed it", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		m := newMulti(t)
		flying(t, s, m, func(*curl.Easy) { m.Close(); do(m) })
	}},
	{state.Draining, state.EventCallback, "socket function that has closed it", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		_, play := inEvent(t, s, func(m *curl.Multi) { m.Close(); do(m) })
		play()
	}},
	{state.Closed, state.Outside, "own goroutine", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		m := newMulti(t)
		m.Close()
		do(m)
	}},
	{state.Closed, state.Outside, "zero value", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) { do(new(curl.Multi)) }},
	{state.Closed, state.ForeignCallback, "callback of a handle", func(t *testing.T, s *testserver.HTTP, do func(*curl.Multi)) {
		m := newMulti(t)
		m.Close()
		inCallback(t, s, func() { do(m) })
	}},
}

// TestMultiKeepsTheStateTable makes every call of the table that is about a multi, in every state and from every place that
// can be reached.
func TestMultiKeepsTheStateTable(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for _, scene := range multiScenes {
		for op := range state.Ops {
			call := multiCalls[op]
			if op.OfMulti() != (call != nil) {
				t.Fatalf("%v has no call here", op)
			}
			if call == nil {
				continue
			}
			t.Run(scene.st.String()+", "+scene.sit.String()+" ("+scene.how+")/"+op.String(), func(t *testing.T) {
				member := stateEasy(t, opt.URL(s.URL("/")))
				want := state.Decide(op, scene.st, scene.sit)
				made := 0
				scene.play(t, s, func(m *curl.Multi) {
					made++
					promptly(t, op.String(), func() {
						err := call(m, member)
						var refused *curl.StateError
						switch {
						case want.Accepted() && err != nil:
							t.Errorf("%v; the table says %v", err, want)
						case !want.Accepted() && (!errors.As(err, &refused) || !errors.Is(err, refusals[want])):
							t.Errorf("%v; the table says %v", err, want)
						}
					})
				})
				if made != 1 {
					t.Errorf("the call was made %d times", made)
				}
			})
		}
	}
}
