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
		in.drain(h)
	case h.st == state.Connected && h.reset && !h.calling: // by a callback of Send or Recv; the connection ends
		h.mu.Unlock()
		in.land(h)
		h.mu.Lock()
		h.st = state.Done
		in.later(h, nil)
	}
	h.mu.Unlock()
}

// drain takes out a member that was closed. The caller holds d.Mu and the handle's mu.
func (in *multi) drain(h *handle) {
	if h.cell.Attached() { // connect-only
		h.mu.Unlock()
		in.land(h)
		h.mu.Lock()
	}
	in.later(h, in.forget(h))
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
		in.drain(h)
		return
	}
	h.stop.Store(nil) // also a Cancel that came too late
	h.st = state.Done
	if keep {
		h.st = state.Connected
	}
	msg := &message{h: h, err: err}
	if (h.reset || h.opened) && in.later(h, nil) {
		in.putDown(h, msg)
		in.after[len(in.after)-1].msg = msg // whoever reads it finds the handle at rest
		return
	}
	in.over(h, msg)
}

// outcome takes the handle away from libcurl, unless it keeps its connection, and makes the error of its transfer. d.Mu is
// held.
func (in *multi) outcome(h *handle, keep bool, code int) error {
	var stop *error // nothing stops what is kept: that is over
	if !keep {
		in.d.C().Remove(h.cell)
		stop = h.stop.Load()
	}
	if h.result != 0 {
		in.lend(h) // whose functions say why
	}
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
	in.mu.Lock()
	in.flying--
	in.inactive(in.list[h])
	in.mu.Unlock()
}

// over says how the transfer of a member ended. The caller holds the handle's mu.
func (in *multi) over(h *handle, msg *message) {
	if in.putDown(h, msg) {
		in.tell(msg)
	}
}

// putDown is over without the telling, which follows. It reports whether the handle is a member. The caller holds the
// handle's mu.
func (in *multi) putDown(h *handle, msg *message) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	b := in.list[h]
	if b == nil {
		return false
	}
	b.message = msg
	in.inactive(b)
	return true
}

// tell has InfoRead return the message, unless the handle was removed meanwhile.
func (in *multi) tell(msg *message) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if msg.h == nil {
		return
	}
	if len(in.messages) > 2*len(in.list)+64 {
		in.dropMessages()
	}
	in.messages = append(in.messages, msg)
	in.news = true
}

// leftover is what is to be done with a handle when d.Mu is released: that may enter callbacks of its own.
type leftover struct {
	e   *Easy
	msg *message // to be told when it is done; nil: none
}

// later has a handle freed or reset when d.Mu is released, and says whether it will be: a call in progress does so when it
// ends. Until then the handle is as busy as with a call. e is nil for a member. The caller holds the handle's mu.
func (in *multi) later(h *handle, e *Easy) bool {
	if e == nil && in.outer != nil {
		in.mu.Lock()
		e = in.outer.members[h]
		in.mu.Unlock()
	}
	switch {
	case h.calling:
	case e != nil:
		h.calling = true
		in.after = append(in.after, leftover{e: e})
		return true
	case h.st == state.Draining: // nobody has it any more
		h.reap()
	}
	return false
}

// settleLater does what later has put off. No lock is held. It returns the panic of a callback.
func (in *multi) settleLater(after []leftover) (err error) {
	for _, l := range after {
		h := l.e.h
		h.mu.Lock()
		h.calling = false
		err = firstPanic(err, l.e.settle())
		if l.msg != nil {
			in.tell(l.msg)
			in.d.Wake() // for a Poll in progress
		}
	}
	return err
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
