package curl

import (
	"sync/atomic"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// closerIDs numbers close-socket functions.
var closerIDs atomic.Uint64

// start gets a member ready, and posts the call that gives it to libcurl. No lock is held, or in a callback: the
// preparation may call back itself. A handle that is in the middle of another call is left for the next time.
func (in *multi) start(m *Multi, h *handle) {
	in.mu.Lock()
	e := m.members[h]
	in.mu.Unlock()
	h.mu.Lock()
	if e == nil || h.memberOf != in || h.st != state.Attached || h.calling || h.offered {
		h.mu.Unlock()
		return
	}
	err := h.takeURL()
	if err == nil {
		h.guardSockets()
		err = h.setProxy(e)
	}
	if err != nil && h.memberOf == in && h.st == state.Attached {
		in.over(h, &message{h: h, err: err})
		h.st = state.Done
	}
	if h.st == state.Attached && h.memberOf == in {
		h.st, h.tainted = state.InFlight, true
		h.ownSessions = h.ownSessions || !h.share.has(ShareTLSSessions)
		h.run++
		h.cell.SetStopping(false)
		h.want.Store(0)
		h.steering.Store(false)
		in.mu.Lock()
		in.flying++
		in.mu.Unlock()
		in.post(h, in.fly)
	}
	if p := e.settle(); err == nil {
		err = p
	}
	if p, ok := err.(*CallbackPanic); ok {
		in.post(h, func(*handle) { in.raise(p) })
	}
}

// startAll starts the members that wait for it. No lock is held.
func (in *multi) startAll(m *Multi) {
	for _, h := range in.everyone(func() bool { return in.active > in.flying }) {
		in.start(m, h)
	}
}

// retry starts a member that was in the middle of a call when that was due. No lock is held.
func (in *multi) retry(h *handle) error {
	if in == nil {
		return nil
	}
	in.mu.Lock()
	_, here := in.list[h]
	running := here && (in.flying > 0 || in.events)
	if here && !running && in.active > in.flying {
		in.d.Wake() // for a Poll in progress
	}
	in.mu.Unlock()
	m := in.self.Value()
	if !running || m == nil {
		return nil
	}
	h.mu.Lock()
	waiting := h.st == state.Attached && h.memberOf == in
	h.mu.Unlock()
	if !waiting {
		return nil
	}
	in.start(m, h)
	return in.carryOut()
}

// fly gives the handle to libcurl. d.Mu is held.
func (in *multi) fly(h *handle) {
	h.mu.Lock()
	here := h.memberOf == in && h.st == state.InFlight && h.held == nil
	h.mu.Unlock()
	if !here {
		return
	}
	h.held = &in.d.Mu
	h.failure, h.over, h.result = nil, false, 0
	var closer capi.Closer
	if h.cell.ClosesSockets() && in.lend(h) {
		in.setCloser(h, h.easy.fn.close)
		closer = in.closers[h.closer]
	}
	if code := in.c.Add(h.cell, closer); code != 0 {
		in.finish(h, code)
	}
}
