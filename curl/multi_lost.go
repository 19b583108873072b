package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// reapMulti runs after a Multi was collected without Close: no call on it is in progress, and its functions are gone.
func reapMulti(in *multi) {
	in.mu.Lock()
	if in.st == state.Closed {
		in.mu.Unlock()
		return
	}
	in.st = state.Draining
	in.mu.Unlock()
	multiDrops.add()
	reap(corpse{free: func() {
		in.d.Lock()
		if in.callbacks.Load() > 0 { // of a member that is still there; what it comes out of ends the multi
			in.d.Mu.Unlock()
			return
		}
		_ = in.work(nil, nil)
	}})
}

// abandon gives up the multi handle: Goexit left a callback, and what libcurl's frames on the thread held is in no known
// state. It is leaked on purpose, and so are the handles that it has. No lock is held.
func (in *multi) abandon(m *Multi) {
	in.d.Mu.Lock()
	in.mu.Lock()
	in.st, in.gone = state.Draining, ErrAbandoned // others are refused from now on
	in.mu.Unlock()
	in.takeBack()
	var lost []*handle
	for _, h := range in.everyone(nil) {
		if in.strand(h) {
			lost = append(lost, h)
		}
	}
	in.d.Drain()
	keepLeaked(capi.Cell{}, in.d)
	in.d.Silence()
	in.c.SetKey(0)
	after := in.after
	in.outer, in.after = m, nil
	in.closed(ErrAbandoned)
	in.outer = nil
	in.pass()
	in.d.Mu.Unlock()
	for _, h := range lost {
		h.abandon(nil)
	}
	_ = in.settleLater(after) // a second panic has nobody to be raised in
	if len(lost) == 0 {
		reportAbandoned()
	}
}

// strand takes a member out of a multi that is lost, and reports whether its C handle is lost with it. d.Mu is held.
func (in *multi) strand(h *handle) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.memberOf != in {
		return false
	}
	lost := h.held == &in.d.Mu || h.cell.Attached() || h.offered
	if h.st == state.InFlight || h.st == state.Attached {
		in.over(h, &message{h: h, err: ended("perform", ErrAbandoned)})
		h.st = state.Done
	}
	h.held, h.easy, h.failure, h.escaped, h.offered = nil, nil, nil, false, false
	in.release(h)
	return lost
}
