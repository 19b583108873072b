package curl_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
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
