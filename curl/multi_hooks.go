package curl

import (
	"runtime/debug"
	"time"
	"unsafe"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

func init() {
	capi.RegisterMulti(capi.MultiHooks{
		Notify: hookNotify,
		Push:   hookPush,
		Socket: hookSocket,
		Timer:  hookTimer,
	})
	capi.RegisterMultiClose(hookMultiClose)
}

// insideMulti is one callback of a multi in progress; compare inside. Nothing keeps one from being called: what the user
// hears about sockets and timers has to be complete even when an earlier callback has failed.
type insideMulti struct {
	in  *multi
	err error
	ok  bool // the function returned

	quiet bool // its panic is raised, and ends no transfer
}

// enter releases the lock under which libcurl runs.
func (x *insideMulti) enter() {
	x.in.callbacks.Add(1)
	x.in.d.Mu.Unlock()
}

// leave takes the lock back and keeps what went wrong. It is deferred, so that it sees panics and Goexit.
func (x *insideMulti) leave() {
	in := x.in
	if !x.ok {
		v := recover()
		if v == nil { // Goexit: the lock stays released, work cleans up while the goroutine unwinds
			in.callbacks.Add(-1)
			capi.FrameAbandon()
			return
		}
		x.err = &CallbackPanic{v, debug.Stack()}
	}
	in.d.Mu.Lock()
	in.callbacks.Add(-1)
	p, isPanic := x.err.(*CallbackPanic)
	switch {
	case isPanic && x.quiet:
		in.raise(p)
	case in.failure == nil:
		in.failure = x.err
	}
}

// done notes that the function returned, with which error.
func (x *insideMulti) done(err error) { x.ok, x.err = true, err }

// hearing finds the multi behind a callback while its user can be called.
func hearing(key uintptr) *multi {
	in := multis.get(key)
	if in == nil || in.outer == nil {
		return nil
	}
	return in
}

// known is the member behind libcurl's easy handle, nil when that is none: libcurl has handles of its own.
func (in *multi) known(easy uintptr) multiopt.Handle {
	in.mu.Lock()
	defer in.mu.Unlock()
	if e := in.outer.members[in.byEasy[easy]]; e != nil {
		return e
	}
	return nil
}

// hookSocket always answers that all is well: what the function's error ends is the same on every libcurl (failAll).
func hookSocket(key, easy uintptr, fd int, what int, assigned unsafe.Pointer) int {
	in := hearing(key)
	if in == nil {
		return 0
	}
	m := in.outer
	if assigned == nil {
		delete(m.assigned, uintptr(fd)) // the number has gone to another socket
	}
	s := multiopt.Socket{
		FD: uintptr(fd), Interest: multiopt.SocketInterest(what), Value: m.assigned[uintptr(fd)], Handle: in.known(easy),
	}
	if s.Interest == multiopt.PollRemove {
		delete(m.assigned, s.FD)
	}
	f := m.socket
	if f == nil {
		return 0
	}
	x := insideMulti{in: in}
	x.enter()
	defer x.leave()
	x.done(f(s))
	return 0
}

// hookTimer is hookSocket for the timer.
func hookTimer(key uintptr, ms int64) int {
	in := hearing(key)
	if in == nil || in.outer.timer == nil {
		return 0
	}
	f := in.outer.timer
	after := time.Duration(-1)
	if ms >= 0 {
		after = time.Duration(ms) * time.Millisecond
	}
	x := insideMulti{in: in}
	x.enter()
	defer x.leave()
	x.done(f(after))
	return 0
}

// hookNotify is called by ourselves, when libcurl has returned: see gocurl_multi_notify. Its panic is nobody's failure.
func hookNotify(key uintptr, what int, easy uintptr) {
	in := hearing(key)
	if in == nil || in.outer.notify == nil {
		return
	}
	f, of := in.outer.notify, in.known(easy)
	x := insideMulti{in: in, quiet: true}
	x.enter()
	defer x.leave()
	f(multiopt.Notification(what), of)
	x.done(nil)
}

// hookMultiClose closes a socket of a connection in a multi handle, with the function of the handle that opened it.
func hookMultiClose(key uintptr, id uint64, fd int) (ret int) {
	in := hearing(key)
	if in == nil || in.outer.closers[id] == nil {
		return closeSocket(fd)
	}
	f := in.outer.closers[id]
	ret = 1
	x := insideMulti{in: in}
	x.enter()
	defer x.leave()
	x.done(f(uintptr(fd)))
	if x.err == nil {
		ret = 0
	}
	return ret
}
