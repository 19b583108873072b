package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// Close removes all members, which stay usable, and ends the multi handle with its connections. It may be called from
// anywhere, more than once, before or after the members are closed, and never waits: while another goroutine or the caller
// is in a callback of the Multi, that one finishes it. Transfers in flight end; their messages, with ErrClosed as the
// cause, and those that were not read yet can be read afterwards.
//
// libcurl may call the socket function for each socket that it gives up, and members' close-socket functions.
//
// The error is always nil; the result makes Multi an io.Closer.
//
// https://curl.se/libcurl/c/curl_multi_cleanup.html
func (m *Multi) Close() error {
	in := m.inner()
	in.mu.Lock()
	v, _ := in.decide(state.MultiClose)
	if v == state.Noop {
		in.mu.Unlock()
		return nil
	}
	in.st = state.Draining
	in.news = true
	in.mu.Unlock()
	m.cleanup.Stop()
	for _, h := range in.everyone(nil) { // somebody may be inside libcurl, which waits for an answer to one of them
		in.hasten(h)
	}
	in.d.Wake()
	return reraise(in.do(m, nil))
}

// hasten has libcurl come out of what it waits for inside a step, for a transfer that is to be taken out.
func (in *multi) hasten(h *handle) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.memberOf == in && h.inFlight() {
		h.cell.SetStopping(true)
	}
}

// closing says that the multi is to be freed. d.Mu is held.
func (in *multi) closing() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.st == state.Draining
}

// free ends the multi. d.Mu is held, and no callback is in progress; callbacks are entered until it returns.
func (in *multi) free() {
	for _, h := range in.everyone(nil) {
		in.dismiss(h, ErrClosed)
	}
	in.collect()
	in.d.Drain() // what was asked for meanwhile is about nobody any more
	in.d.Silence()
	in.c.Free()
	in.d.Ended()
	for _, k := range in.closers {
		k.Free()
	}
	in.closed(nil)
}

// closed notes that libcurl's side is gone. d.Mu is held.
func (in *multi) closed(gone error) {
	in.c, in.closers = capi.Multi{}, nil
	multis.drop(in.key)
	in.mu.Lock()
	in.st, in.gone, in.key = state.Closed, gone, 0
	in.mu.Unlock()
	if m := in.outer; m != nil {
		m.socket, m.timer, m.notify, m.push, m.assigned, m.closers = nil, nil, nil, nil, nil, nil
	}
}

// dismiss takes a member out of a multi that ends; its message stays. d.Mu is held.
func (in *multi) dismiss(h *handle, cause error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.memberOf != in {
		return
	}
	switch {
	case h.held == &in.d.Mu || h.st == state.InFlight:
		h.toStop(cause)
		h.mu.Unlock()
		in.finish(h, 0)
		h.mu.Lock()
	case h.cell.Attached(): // connect-only
		h.mu.Unlock()
		in.land(h)
		h.mu.Lock()
	case h.st == state.Attached:
		in.over(h, &message{h: h, err: ended("perform", cause)})
		h.st = state.Done
	}
	if h.memberOf == in {
		in.release(h)
	}
}

// release is forget for a member whose message is to stay. The caller holds the handle's mu.
func (in *multi) release(h *handle) {
	var msg *message
	in.mu.Lock()
	if b := in.list[h]; b != nil && h.st != state.Draining {
		msg, b.message = b.message, nil
	}
	in.mu.Unlock()
	e := in.forget(h)
	switch {
	case h.st == state.Draining:
		in.later(h, e)
		return
	case h.st != state.Closed:
		h.st = state.Idle
	}
	if msg != nil {
		msg.easy = e
	}
}
