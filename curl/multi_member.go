package curl

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Add makes e a member. Its transfer starts with the next Perform or SocketAction; when other members are in flight, or
// there is a multiopt.TimerFunction, at once, which is when libcurl calls that function. Until it has started, options can
// still be set.
//
// A handle is a member of one Multi at most, and cannot Perform on its own meanwhile. The connection of a handle that has
// performed with opt.ConnectOnly is closed. In a callback Add is fine too.
//
// https://curl.se/libcurl/c/curl_multi_add_handle.html
func (m *Multi) Add(e *Easy) error {
	in, h := m.inner(), e.handle()
	if err := in.permits(state.MultiMembers, "Add"); err != nil {
		return err
	}
	h.mu.Lock()
	if _, err := h.decide(state.Add); err != nil {
		h.mu.Unlock()
		return err
	}
	if h.trailed {
		h.mu.Unlock()
		return unsupported("a transfer after one with CURLOPT_TRAILERFUNCTION on the same handle", trailersAgain)
	}
	if h.group != nil {
		err := h.refusal(state.Add, errGrouped)
		h.mu.Unlock()
		return err
	}
	err := h.giveUpConnection(e)
	if err == nil {
		err = h.leaveKin(in.d)
	}
	if err != nil {
		e.release(grip{h, &h.mu})
		return reraise(err)
	}
	at, err := in.join(m, h, e)
	if err == nil {
		h.memberOf, h.drv, h.kin, h.st = in, in.d, in.d, state.Attached
		h.cell.SetDriver(in.d.C())
	}
	h.mu.Unlock()
	if err != nil || !at {
		return err
	}
	in.start(m, h)
	return reraise(in.carryOut())
}

// errGrouped refuses a handle that has its connections elsewhere.
var errGrouped = fmt.Errorf("the handle belongs to an Engine or a ConfinedShare, which drives its transfers; Detach it from there first: %w", ErrBusy)

// giveUpConnection ends what a connect-only transfer has left. The caller holds mu.
func (h *handle) giveUpConnection(e *Easy) error {
	if !h.cell.Attached() {
		return nil
	}
	h.disconnect()
	err := h.calls(e, func() { h.drv.C().Remove(h.cell) })
	switch {
	case err != nil:
		return err
	case h.st == state.Draining: // by the callback
		return refusal(state.Add, state.Draining, state.Outside, state.ClosedHandle, nil)
	}
	h.st = state.Idle
	return nil
}

// join puts the handle on the list, and says whether its transfer starts at once. The caller holds the handle's mu.
func (in *multi) join(m *Multi, h *handle, e *Easy) (atOnce bool, err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if err := in.allow(state.MultiMembers, "Add"); err != nil {
		return false, err
	}
	atOnce = in.flying > 0 || in.events
	in.enter(m, h, e)
	in.added++
	if !atOnce {
		in.news = true // for a Poll in progress: its caller has to Perform
		in.d.Wake()
	}
	return atOnce, nil
}

// enter writes the membership down. The caller holds mu.
func (in *multi) enter(m *Multi, h *handle, e *Easy) {
	in.last++
	in.list[h] = &member{number: in.last, active: true}
	in.active++
	in.byEasy[h.cell.Address()] = h
	m.members[h] = e
}

// Remove takes e out. A transfer in flight ends without a message, and what is left of one that is over is a handle at
// rest, for Perform or another Add. Removing a handle that is no member is ErrNotAdded.
//
// While a callback of the Multi is in progress, a handle in flight is busy until that has returned.
//
// https://curl.se/libcurl/c/curl_multi_remove_handle.html
func (m *Multi) Remove(e *Easy) error {
	in, h := m.inner(), e.handle()
	if err := in.permits(state.MultiMembers, "Remove"); err != nil {
		return err
	}
	h.mu.Lock()
	v, err := h.decide(state.Remove)
	switch {
	case h.st == state.Draining || h.st == state.Closed:
	case h.memberOf != in:
		err = refusal(state.Remove, h.st, h.situation(), state.NotAdded, nil)
	case err != nil:
	case h.offered:
		err = refusal(state.Remove, h.st, h.situation(), state.Busy, nil)
	case v == state.Do && h.calling:
		err = refusal(state.Remove, h.st, h.situation(), state.Busy, nil)
	case v == state.Do:
		in.forget(h)
		h.st = state.Idle
	default:
		in.post(h, in.takeOut)
	}
	posted := h.memberOf == in && err == nil
	h.mu.Unlock()
	if posted {
		in.hasten(h)
	}
	err = firstPanic(err, in.carryOut())
	if posted {
		in.awaitRemoval(h)
	}
	return reraise(err)
}

// awaitRemoval waits for a goroutine that is about to take the handle out for this one; not while it is in a callback, which
// can take long. No lock is held.
func (in *multi) awaitRemoval(h *handle) {
	h.mu.Lock()
	awaited := h.memberOf == in
	h.mu.Unlock()
	if awaited {
		in.d.Lock()
		in.d.Mu.Unlock()
	}
}

// forget strikes the handle off the list, together with its message. The caller holds the handle's mu; no libcurl multi
// handle has it. The handle may be in no multi at all.
func (in *multi) forget(h *handle) *Easy {
	if in == nil {
		return nil
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	b := in.list[h]
	if b == nil {
		return nil
	}
	if b.message != nil {
		b.message.h = nil // InfoRead passes over it
	}
	delete(in.list, h)
	delete(in.byEasy, h.cell.Address())
	in.inactive(b)
	h.memberOf, h.drv, h.kin = nil, h.own, in.d
	h.stop.Store(nil) // a Cancel that has not been carried out; it was not about the next transfer
	if h.own != nil {
		h.cell.SetDriver(h.own.C())
	} else {
		h.cell.SetDetached()
	}
	var e *Easy
	if m := in.self.Value(); m != nil {
		e = m.members[h]
		delete(m.members, h)
	}
	return e
}

// takeOut is Remove for a handle that libcurl has. Like all that is posted it is called with d.Mu held, while no callback
// is in progress.
func (in *multi) takeOut(h *handle) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.memberOf != in {
		return
	}
	if h.st == state.InFlight || h.cell.Attached() {
		h.mu.Unlock()
		in.land(h)
		h.mu.Lock()
	}
	draining := h.st == state.Draining
	e := in.forget(h)
	if !draining {
		h.st = state.Idle
	}
	if draining || h.reset || h.opened {
		in.later(h, e)
	}
}

// Handles lists the members in the order they were added, also on a libcurl before 8.4.0, which cannot tell.
//
// https://curl.se/libcurl/c/curl_multi_get_handles.html
func (m *Multi) Handles() []*Easy {
	in := m.inner()
	if in == neverMulti {
		return nil
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	list := make([]*Easy, 0, len(m.members))
	for _, e := range m.members {
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b *Easy) int { return cmp.Compare(in.list[a.h].number, in.list[b.h].number) })
	return list
}

// asMember is the state that decides about an operation: a connect-only member whose connection is open is in libcurl's
// multi handle, so that for all that would change it it is as busy as in flight.
func (h *handle) asMember(op state.Op, st state.State) state.State {
	if h.memberOf != nil && st == state.Connected {
		switch op {
		case state.Set, state.SetLive, state.Reset, state.Clone, state.Perform, state.Open, state.Upkeep, state.Sessions, state.Add:
			return state.InFlight
		}
	}
	if h.offered && st == state.Attached && op == state.Reset {
		return state.InFlight
	}
	return st
}

// setCloser gives connections of the handle the user's close-socket function, which can outlive its membership. d.Mu is
// held.
func (in *multi) setCloser(h *handle, f opt.CloseSocketFunc) {
	if h.closer == 0 {
		h.closer = closerIDs.Add(1)
	}
	if _, ok := in.closers[h.closer]; !ok {
		in.dropClosers()
		in.closers[h.closer] = in.c.NewCloser(h.closer)
	}
	in.outer.closers[h.closer] = f
}

// dropClosers looks from time to time for functions that no connection and no member has any more. d.Mu is held.
func (in *multi) dropClosers() {
	if !in.look.due(len(in.closers)) {
		return
	}
	members := map[uint64]bool{}
	in.mu.Lock()
	for h := range in.list {
		members[h.closer] = true
	}
	in.mu.Unlock()
	for id, k := range in.closers {
		if !members[id] && !k.Claimed() {
			delete(in.closers, id)
			delete(in.outer.closers, id)
			k.Free()
		}
	}
	in.look.done(len(in.closers))
}
