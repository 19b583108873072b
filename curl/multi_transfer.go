package curl

import (
	"errors"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// end ends the transfer of a member that was cancelled or closed. d.Mu is held.
func (in *multi) end(h *handle) {
	h.mu.Lock()
	if h.memberOf != in {
		h.mu.Unlock()
		return
	}
	switch {
	case h.held == &in.d.Mu || h.st == state.InFlight:
		h.mu.Unlock()
		in.finish(h, 0)
		return
	case h.st == state.Attached && h.stop.Load() != nil:
		in.over(h, &message{h: h, err: ended("perform", *h.stop.Load())})
		h.st = state.Done
		h.stop.Store(nil)
	case h.st == state.Draining && !h.calling: // else that call frees it: settle
		if h.cell.Attached() { // connect-only
			h.mu.Unlock()
			in.land(h)
			h.mu.Lock()
		}
		in.later(h, in.forget(h))
	}
	h.mu.Unlock()
}

// pause applies what was asked for with Pause and Resume. d.Mu is held.
func (in *multi) pause(h *handle) {
	h.steering.Store(false)
	h.mu.Lock()
	here := h.memberOf == in && h.st == state.InFlight
	h.mu.Unlock()
	if here && h.held == &in.d.Mu {
		h.applyPause()
	}
}

// finish ends the transfer of a member: libcurl has reported that it is over, or could not start it, or it was stopped.
// d.Mu is held.
func (in *multi) finish(h *handle, code int) {
	h.mu.Lock()
	keep := h.over && h.result == 0 && h.stop.Load() == nil && h.failure == nil && h.cell.Attached() && !h.reset
	h.mu.Unlock()
	err := in.outcome(h, keep, code)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.st == state.Draining {
		in.later(h, in.forget(h))
		return
	}
	h.st = state.Done
	if keep {
		h.st = state.Connected
	}
	in.over(h, &message{h: h, err: err})
	if h.reset || h.opened {
		in.later(h, nil)
	}
}

// outcome takes the handle away from libcurl, unless it keeps its connection, and makes the error of its transfer. d.Mu is
// held.
func (in *multi) outcome(h *handle, keep bool, code int) error {
	if !keep {
		in.d.C().Remove(h.cell)
	}
	if h.result != 0 {
		in.lend(h) // whose functions say why
	}
	stop := h.stop.Load()
	err := h.outcome(code, stop)
	if p, ok := err.(*CallbackPanic); ok {
		in.raise(p)
		err = ended("perform", p)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if err != nil && trailersOnce() && in.lend(h) && h.easy.fn.trailer != nil {
		h.trailed = true
	}
	in.landed(h)
	return err
}

// land takes the handle away from libcurl without a message. d.Mu is held.
func (in *multi) land(h *handle) {
	h.mu.Lock()
	connected := h.held == nil && h.st != state.InFlight // connect-only, its transfer is over: libcurl has its connection
	h.mu.Unlock()
	if connected {
		h.held = &in.d.Mu // which callbacks of the removal release
	}
	in.d.C().Remove(h.cell)
	if p, ok := h.failure.(*CallbackPanic); ok {
		in.raise(p)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.disconnect()
	if connected {
		in.takeLent(h)
		return
	}
	in.landed(h)
}

// takeLent forgets the user's side of a member that libcurl has done with. The caller holds d.Mu and the handle's mu.
func (in *multi) takeLent(h *handle) {
	for i, l := range in.lent {
		if l == h {
			in.lent[i] = nil
		}
	}
	h.held, h.easy, h.failure = nil, nil, nil
}

// landed notes that libcurl has done with a transfer. The caller holds d.Mu and the handle's mu.
func (in *multi) landed(h *handle) {
	if h.held == nil && h.st != state.InFlight {
		return
	}
	in.takeLent(h)
	h.cell.OwnCloser()
	h.stop.Store(nil)
	in.mu.Lock()
	in.flying--
	in.inactive(in.list[h])
	in.mu.Unlock()
}

// over puts down how the transfer of a member ended. The caller holds the handle's mu.
func (in *multi) over(h *handle, msg *message) {
	in.mu.Lock()
	defer in.mu.Unlock()
	b := in.list[h]
	if b == nil {
		return
	}
	b.message = msg
	if len(in.messages) > 2*len(in.list)+64 {
		in.dropMessages()
	}
	in.messages = append(in.messages, msg)
	in.inactive(b)
	in.news = true
}

// later has a handle freed or reset when d.Mu is released, with mu of the handle: that may enter callbacks of its own. e is
// nil for a member.
func (in *multi) later(h *handle, e *Easy) {
	if e == nil && in.outer != nil {
		in.mu.Lock()
		e = in.outer.members[h]
		in.mu.Unlock()
	}
	switch {
	case e != nil:
		in.after = append(in.after, e)
	case h.st == state.Draining: // nobody has it any more
		h.reap()
	}
}

// lend finds the user's side of a member for a callback in progress. d.Mu is held, which it says by answering false else.
func (in *multi) lend(h *handle) bool {
	if in == nil || in.outer == nil {
		return false
	}
	if h.easy != nil {
		return true
	}
	in.mu.Lock()
	h.easy = in.outer.members[h]
	in.mu.Unlock()
	if h.easy == nil {
		return false
	}
	in.lent = append(in.lent, h)
	return true
}

// errDenied is why a pushed stream is closed that its function did not accept.
var errDenied = errors.New("the pushed stream was refused")
