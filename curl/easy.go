package curl

import (
	"errors"
	"io"
	"sync"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Easy is one transfer at a time: options, a Perform, what became of it, and the connections kept for the next one.
//
// Every method may be called from any goroutine at any time, also from inside the handle's own callbacks. A call does
// its work, or has it done by whoever drives the transfer, or returns a *StateError; STATES.md has the whole table.
// An Easy must not be copied; the zero Easy is a closed one. Close it when it is no longer needed; one that is dropped
// without Close is freed in the background and reported through slog, at most once a second.
//
// https://curl.se/libcurl/c/libcurl-easy.html
type Easy struct {
	_ noCopy
	h *handle

	// fn is what callbacks call. It is written and read under the lock in h.held, or h.mu at rest.
	fn functions

	guard *guard // nil once closed; guarded by the handle's mu
}

// noCopy makes go vet report copies.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// New makes a handle and sets the given options. It loads libcurl when that has not happened yet.
//
// The error is that of Load, an *OptionError, or about memory.
func New(options ...opt.Option) (*Easy, error) {
	if err := loader.Ensure(); err != nil {
		return nil, err
	}
	loadRules()
	endTracing()
	h := &handle{st: state.Idle}
	s, ok := spares.take()
	if !ok {
		if s = newSpare(slots.put(h)); !s.cell.Valid() {
			slots.drop(s.key)
			return nil, errors.New("curl: libcurl could not make a handle: out of memory")
		}
	}
	h.take(s)
	e := own(h, s.guard)
	if len(options) > 0 {
		if err := e.Set(options...); err != nil {
			e.Close()
			return nil, err
		}
	}
	return e, nil
}

// newFor makes a handle for a URL and sets the options of a function's caller, whose places in an *OptionError are those in the
// call. What the function itself presets comes before, as far as this libcurl has it.
func newFor(url string, options []opt.Option, preset ...opt.Option) (*Easy, error) {
	e, err := New(opt.URL(url))
	if err != nil {
		return nil, err
	}
	for _, o := range preset {
		if err = e.Set(o); err != nil && !errors.Is(err, ErrUnsupported) {
			break
		}
		err = nil
	}
	if err == nil {
		err = e.Set(options...)
	}
	if err != nil {
		e.Close()
		return nil, err
	}
	return e, nil
}

// own wraps a handle for its user. g sees to the case that it is dropped.
func own(h *handle, g *guard) *Easy {
	g.of.h = h
	return &Easy{h: h, fn: noFunctions(), guard: g}
}

// spares keeps C handles that nothing has used: making one costs as much as setting seven options.
var spares spareHandles

// calls runs f, which is inside libcurl and may enter callbacks. The caller holds mu, or in a callback of a transfer
// the driver's lock; callbacks release it. A panic of a callback is returned, for the caller to raise with reraise
// after it has unlocked. Goexit in a callback passes through with the lock released and leaves the handle closed: so
// callers do not unlock in a defer.
func (h *handle) calls(e *Easy, f func()) error {
	if h.held != nil { // in a callback of the transfer, which has arranged everything
		h.setCalling(true)
		f()
		h.setCalling(false)
		return nil
	}
	h.calling = true
	err := h.within(&h.mu, e, f)
	h.calling = false
	return err
}

// setCalling is for a caller that holds the driver's lock instead of mu.
func (h *handle) setCalling(is bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.calling = is
}

// within runs f with the lock that is to be released while a callback runs.
func (h *handle) within(lock *sync.Mutex, e *Easy, f func()) error {
	h.held, h.easy, h.failure = lock, e, nil
	returned := false
	defer func() {
		if !returned && h.escaped {
			h.abandon(nil)
		}
	}()
	f()
	returned = true
	failure := h.failure
	h.held, h.led, h.easy, h.failure = nil, nil, nil, nil
	if p, ok := failure.(*CallbackPanic); ok {
		return p
	}
	return nil
}

// release unlocks what acquire locked for a call that may have entered callbacks.
func (e *Easy) release(g grip) {
	if g.lock != &e.h.mu {
		g.Unlock()
		return
	}
	reraise(e.settle())
}

// settle does what was asked for while a transfer or call was in progress, now that the handle is at rest. The caller
// holds mu; settle releases it, and returns the panic of a callback.
func (e *Easy) settle() error {
	var open []io.Closer
	if e.h.opened && !e.h.inFlight() {
		e.h.opened = false
		open = e.fn.takeOpen()
	}
	return firstPanic(e.settleRest(), closeAll(open))
}

func (e *Easy) settleRest() (err error) {
	h := e.h
	for {
		switch {
		case h.calling, h.freeing: // by somebody else, who has given mu away for a callback, or for kin, and settles after it
			h.mu.Unlock()
			return err
		case h.st == state.Draining:
			return firstPanic(err, e.free())
		case h.reset && !h.inFlight(): // else it follows the transfer, as one that a callback asks for
			h.reset = false
			err = firstPanic(err, e.reset())
		default:
			in := h.memberOf
			h.mu.Unlock()
			return firstPanic(err, in.retry(h))
		}
	}
}

// firstPanic is err, unless only next is the panic of a callback.
func firstPanic(err, next error) error {
	if _, ok := err.(*CallbackPanic); ok || next == nil {
		return err
	}
	return next
}

// reraise returns err, unless it is the panic of a callback: then it panics with it. No lock is held.
func reraise(err error) error {
	if p, ok := err.(*CallbackPanic); ok {
		panic(p)
	}
	return err
}

// abandon gives up the C side of the handle: Goexit left a callback, libcurl's frames on the thread are lost, and what
// they held is in no known state. It is leaked on purpose. d is the driver when it was in a transfer. The caller holds no
// lock.
func (h *handle) abandon(d *driver.Driver) {
	if d != nil {
		d.Mu.Lock() // somebody may be reading from the C handle
		defer d.Mu.Unlock()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.st, h.gone = state.Closed, ErrAbandoned
	h.disconnect()
	h.cell.SetKey(0)
	keepLeaked(h.cell, h.own)
	h.share.leave(h)
	h.share.leak()
	h.share = nil
	h.cell, h.drv, h.own, h.kin = capi.Cell{}, nil, nil, nil
	h.easy, h.held, h.led, h.calling, h.escaped = nil, nil, nil, false, false
	h.stream = nil
	h.leaveURL()
	slots.drop(h.key)
	h.key = 0
	h.finished()
	reportAbandoned()
}
