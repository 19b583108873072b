package curl

import (
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// CallbackPanic is the value with which a panic of a callback is raised again, once, in the goroutine that waits for
// the transfer: libcurl's C frames cannot be unwound, so the panic is held back until they have returned.
type CallbackPanic struct {
	Value any    // what the callback panicked with
	Stack []byte // the stack of the callback
}

func (p *CallbackPanic) Error() string {
	return fmt.Sprintf("panic in a curl callback: %v\n\n%s", p.Value, p.Stack)
}

// Unwrap returns the panic's value when it is an error.
func (p *CallbackPanic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

func isPanic(err error) bool {
	_, ok := err.(*CallbackPanic)
	return ok
}

// inside is one callback in progress. The hooks use it like this:
//
//	in := inside{h: h}
//	if !in.enter() { return <failure> }
//	defer in.leave()
//	err := <the user's function>
//	return in.<result>(err)
//
// and give their named result the failure value first, for the case that the function panics.
type inside struct {
	h    *handle
	held *sync.Mutex
	led  *driver.Driver
	in   *multi // whose driver's lock that is, nil: none
	err  error
	ok   bool // the function returned
}

// enter releases the lock under which libcurl runs. It refuses when an earlier callback of this transfer has failed, or
// the transfer was stopped: then nothing of the user's runs any more, and what libcurl is told instead ends a step that
// may have many callbacks left.
func (in *inside) enter() bool {
	h := in.h
	h.callbacks.Add(1) // before the look: Body.Close stops the transfer, then looks for a callback
	if h.failure != nil || h.stop.Load() != nil {
		h.callbacks.Add(-1)
		h.offerTurn()
		return false
	}
	in.unlock()
	return true
}

// begin is enter for a callback that has to run even after a failure, because it gives back what the user owns.
func (in *inside) begin() {
	in.h.callbacks.Add(1)
	in.unlock()
}

func (in *inside) unlock() {
	h := in.h
	in.held, in.led = h.held, h.led
	in.in = h.memberOf.counts(in.held, 1)
	in.held.Unlock()
	in.led.Call()
}

// end is the opposite of begin.
func (in *inside) end() {
	in.h.callbacks.Add(-1)
	in.led.Return()
	in.held.Lock()
	in.in.counts(in.held, -1)
}

// leave takes the lock back and keeps what went wrong. It is deferred, so that it sees panics and Goexit.
func (in *inside) leave() {
	h := in.h
	if !in.ok {
		if v := recover(); v != nil {
			in.err = &CallbackPanic{v, debug.Stack()}
		} else {
			// Goexit: it cannot be stopped, and skips libcurl's frames on this thread. The lock stays released, the
			// handle's Perform cleans up while the goroutine unwinds.
			h.escaped = true
			h.callbacks.Add(-1)
			in.led.Leave()
			in.in.counts(in.held, -1)
			capi.FrameAbandon()
			return
		}
	}
	in.end()
	if in.err != nil {
		h.fail(in.err)
	}
	h.offerTurn()
}

// fail notes why the transfer cannot go on. libcurl does not listen to every callback, or not at once, so the leader is to
// look before its next wait. The lock in h.held is held.
func (h *handle) fail(err error) {
	if h.failure != nil {
		return
	}
	h.failure = err
	if h.led != nil {
		h.led.Wake()
	}
}

// done notes that the function returned, with which error, and says whether it went well.
func (in *inside) done(err error) bool {
	in.ok = true
	in.err = err
	return err == nil
}

// paused is done for functions that may ask for a pause of a direction.
func (in *inside) paused(err error, dir Direction, resumes uint32) bool {
	if !errors.Is(err, opt.ErrPause) {
		return false
	}
	in.ok = true
	in.h.pausedByCallback(dir, resumes)
	return true
}
