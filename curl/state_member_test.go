package curl_test

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// memberScenes are those that need a multi.
var memberScenes = []stateScene{
	{state.Attached, state.Outside, "member", true, sceneAttached},
	{state.Attached, state.ForeignCallback, "callback of another handle", true, sceneAttachedForeign},
	{state.Attached, state.SiblingCallback, "callback fired by Set on another member", true, sceneAttachedSibling},
	{state.Attached, state.NestedCallback, "callback fired by Set", true, sceneAttachedSet},
	{state.InFlight, state.Outside, "member between two steps", true, sceneFlying},
	{state.InFlight, state.Outside, "member during a poll", true, sceneFlyingPolled},
	{state.InFlight, state.ForeignCallback, "member, callback of another handle", true, sceneFlyingForeign},
	{state.InFlight, state.SiblingCallback, "callback of another member", true, sceneFlyingSibling},
	{state.InFlight, state.EventCallback, "socket function", true, sceneFlyingEvent},
	{state.InFlight, state.OwnCallback, "write function of a member", true, sceneFlyingOwn},
	{state.Done, state.Outside, "member", true, sceneDone},
	{state.Done, state.ForeignCallback, "callback of another handle", true, sceneDoneForeign},
	{state.Done, state.SiblingCallback, "callback of another member", true, sceneDoneSibling},
	{state.Done, state.EventCallback, "socket function", true, sceneDoneEvent},
	{state.Done, state.NestedCallback, "callback fired by Set", true, sceneDoneSet},
	{state.Draining, state.SiblingCallback, "callback of another member that has closed it", true, sceneClosedSibling},
	{state.Draining, state.EventCallback, "socket function that has closed it", true, sceneClosedEvent},
	{state.Closed, state.Outside, "member that was closed", true, sceneMemberClosed},
}

// members tells the multi of each member.
var members sync.Map

func memberOf(h *curl.Easy) *curl.Multi {
	m, _ := members.Load(h)
	multi, _ := m.(*curl.Multi)
	return multi
}

// addElsewhere adds the handle to a multi of its own.
func addElsewhere(h *curl.Easy) error {
	m, err := curl.NewMulti()
	if err != nil {
		return err
	}
	defer m.Close()
	if err := m.Add(h); err != nil {
		return err
	}
	return m.Remove(h)
}

// removeMember removes the handle from its multi, or from one that it is no member of.
func removeMember(h *curl.Easy) error {
	if m := memberOf(h); m != nil {
		return m.Remove(h)
	}
	m, err := curl.NewMulti()
	if err != nil {
		return err
	}
	defer m.Close()
	return m.Remove(h)
}

// memberEasy makes a member of a multi, which is returned as well.
func memberEasy(t *testing.T, m *curl.Multi, options ...opt.Option) *curl.Easy {
	t.Helper()
	h := stateEasy(t, options...)
	join(t, m, h)
	return h
}

func join(t *testing.T, m *curl.Multi, h *curl.Easy) {
	t.Helper()
	members.Store(h, m)
	t.Cleanup(func() { members.Delete(h) })
	addAll(t, m, h)
}

// leave lets the members' transfers come to an end, takes h out, and tells how its transfer ended.
func leave(t *testing.T, s *testserver.HTTP, gate string, h *curl.Easy) (*curl.Easy, error) {
	t.Helper()
	m := memberOf(h)
	if gate != "" {
		s.Gate(gate).Open()
		h.Resume(curl.Receiving | curl.Sending)
		for end := time.Now().Add(20 * time.Second); step(t, m) > 0; rest(t, m) {
			if time.Now().After(end) {
				t.Fatal("the transfers do not end")
			}
		}
	}
	var ended error
	found := false
	for msg := range m.Messages() {
		if msg.Easy == h {
			found, ended = true, msg.Err
		}
	}
	if !found && errors.Is(h.Cancel(), curl.ErrClosed) {
		ended = curl.ErrClosed
	}
	_ = m.Remove(h) // if it is still there
	return h, ended
}

func sceneAttached(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := memberEasy(t, newMulti(t), opt.URL(s.URL("/")))
	do(h)
	return leave(t, s, "", h)
}

func sceneAttachedForeign(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := memberEasy(t, newMulti(t), opt.URL(s.URL("/")))
	inCallback(t, s, func() { do(h) })
	return leave(t, s, "", h)
}

func sceneAttachedSibling(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := memberEasy(t, newMulti(t), opt.URL(s.URL("/")))
	duringSet(t, memberEasy(t, memberOf(h), opt.URL(s.URL("/"))), func() { do(h) })
	return leave(t, s, "", h)
}

func sceneAttachedSet(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := memberEasy(t, newMulti(t), opt.URL(s.URL("/")))
	duringSet(t, h, func() { do(h) })
	return leave(t, s, "", h)
}

// flying makes a member that has its first byte and waits for the gate; first is called in the write function for it.
func flying(t *testing.T, s *testserver.HTTP, m *curl.Multi, first func(h *curl.Easy)) *curl.Easy {
	t.Helper()
	got := false
	var h *curl.Easy
	h = stateEasy(t, opt.URL(s.URL("/slow?gate="+url.QueryEscape(t.Name()))), opt.WriteFunction(func([]byte) error {
		if !got && first != nil {
			first(h)
		}
		got = true
		return nil
	}))
	join(t, m, h)
	for end := time.Now().Add(20 * time.Second); !got; {
		if step(t, m); !got {
			rest(t, m)
		}
		if time.Now().After(end) {
			t.Fatal("the first byte does not come")
		}
	}
	return h
}

func sceneFlying(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := flying(t, s, newMulti(t), nil)
	do(h)
	return leave(t, s, t.Name(), h)
}

func sceneFlyingPolled(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	m := newMulti(t)
	h := flying(t, s, m, nil)
	ended := polled(t, m)
	do(h)
	m.Wakeup()
	if err := awaited(t, "the end of the poll", ended); err != nil {
		t.Error(err)
	}
	return leave(t, s, t.Name(), h)
}

func sceneFlyingForeign(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := flying(t, s, newMulti(t), nil)
	inCallback(t, s, func() { do(h) })
	return leave(t, s, t.Name(), h)
}

func sceneFlyingSibling(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	m := newMulti(t)
	h := flying(t, s, m, nil)
	flying(t, s, m, func(*curl.Easy) { do(h) })
	return leave(t, s, t.Name(), h)
}

// inEvent calls f once in the socket function of the multi, which is called for a transfer of its own.
func inEvent(t *testing.T, s *testserver.HTTP, f func(m *curl.Multi)) (*curl.Multi, func()) {
	t.Helper()
	var m *curl.Multi
	armed := false
	m = newMulti(t, multiopt.SocketFunction(func(multiopt.Socket) error {
		if armed {
			armed = false
			f(m)
		}
		return nil
	}))
	return m, func() {
		armed = true
		memberEasy(t, m, opt.URL(s.URL("/slow?gate="+url.QueryEscape(t.Name()))), opt.FreshConnect(true))
		for end := time.Now().Add(5 * time.Second); armed; {
			if _, err := m.SocketAll(); err != nil { // Perform does not call it on every libcurl
				t.Fatal(err)
			}
			if armed {
				rest(t, m)
			}
			if time.Now().After(end) {
				t.Fatal("the socket function is not called")
			}
		}
	}
}

func sceneFlyingEvent(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	var h *curl.Easy
	m, play := inEvent(t, s, func(*curl.Multi) { do(h) })
	h = flying(t, s, m, nil)
	play()
	return leave(t, s, t.Name(), h)
}

func sceneFlyingOwn(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := flying(t, s, newMulti(t), do)
	return leave(t, s, t.Name(), h)
}

// overMember is a member whose transfer is over.
func overMember(t *testing.T, s *testserver.HTTP, m *curl.Multi) *curl.Easy {
	t.Helper()
	h := memberEasy(t, m, opt.URL(s.URL("/")))
	for _, msg := range runAll(t, m) {
		if msg.Err != nil {
			t.Error(msg.Err)
		}
	}
	return h
}

func sceneDone(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := overMember(t, s, newMulti(t))
	do(h)
	return leave(t, s, "", h)
}

func sceneDoneForeign(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := overMember(t, s, newMulti(t))
	inCallback(t, s, func() { do(h) })
	return leave(t, s, "", h)
}

func sceneDoneSibling(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	m := newMulti(t)
	h := overMember(t, s, m)
	flying(t, s, m, func(*curl.Easy) { do(h) })
	return leave(t, s, t.Name(), h)
}

func sceneDoneEvent(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	var h *curl.Easy
	m, play := inEvent(t, s, func(*curl.Multi) { do(h) })
	h = overMember(t, s, m)
	play()
	return leave(t, s, t.Name(), h)
}

func sceneDoneSet(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := overMember(t, s, newMulti(t))
	duringSet(t, h, func() { do(h) })
	return leave(t, s, "", h)
}

func sceneClosedSibling(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	return sceneFlyingSibling(t, s, func(h *curl.Easy) { h.Close(); do(h) })
}

func sceneClosedEvent(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	return sceneDoneEvent(t, s, func(h *curl.Easy) { h.Close(); do(h) })
}

func sceneMemberClosed(t *testing.T, s *testserver.HTTP, do func(*curl.Easy)) (*curl.Easy, error) {
	h := overMember(t, s, newMulti(t))
	h.Close()
	do(h)
	return h, nil
}

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
