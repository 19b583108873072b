package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

// SocketTimeout is the socket to give SocketAction when the time has come that the timer function was told.
const SocketTimeout = ^uintptr(0)

// Perform starts the members that wait for it and does for all of them what can be done at once. It returns how many are
// not over yet; when that is 0 there is nothing left to do. Never waits: that is what Poll is for.
//
// The error is a *MultiError, which is about all transfers: when a socket or timer function has failed, they have ended
// with its error as their cause. While another goroutine drives the Multi, Perform is ErrBusy.
//
// https://curl.se/libcurl/c/curl_multi_perform.html
func (m *Multi) Perform() (running int, err error) {
	return m.step("Perform", capi.Multi.Perform)
}

// SocketAction tells libcurl what happened on a socket that the socket function has named, or with SocketTimeout that the
// timer function's time has come, and has it do what there is to do. Otherwise it is like Perform. With no events libcurl
// looks for itself.
//
// https://curl.se/libcurl/c/curl_multi_socket_action.html
func (m *Multi) SocketAction(fd uintptr, events multiopt.SocketEvents) (running int, err error) {
	return m.step("SocketAction", func(c capi.Multi) int { return c.SocketAction(fd, int(events)) })
}

// SocketAll is SocketAction for every socket, whatever happened.
//
// Deprecated: libcurl advises against it since 7.19.5. It is the way to have transfers looked at that only wait.
//
// https://curl.se/libcurl/c/curl_multi_socket_all.html
func (m *Multi) SocketAll() (running int, err error) {
	return m.step("SocketAll", capi.Multi.SocketAll)
}

// step runs one step of libcurl on the caller's goroutine.
func (m *Multi) step(op string, f func(capi.Multi) int) (running int, err error) {
	in := m.inner()
	in.mu.Lock()
	if err := in.allow(state.MultiStep, op); err != nil {
		in.mu.Unlock()
		return 0, err
	}
	in.driving = true
	in.mu.Unlock()
	defer in.rest()
	in.startAll(m)
	var result error // written by this goroutine, or with other read by nobody
	here := false
	in.d.Lock()
	if in.callbacks.Load() > 0 {
		// Somebody's Add, Resume or the like is in a callback: it makes this step when it comes out.
		in.d.Post(func() { f(in.c) })
		in.d.Mu.Unlock()
	} else {
		here = true
		err = in.work(m, func() { result = multiError(op, f(in.c)) })
	}
	if here {
		result = in.worst(op, result)
	}
	in.mu.Lock()
	running = in.active
	in.news = in.news && !here // the caller looks at the messages anyway
	in.mu.Unlock()
	return running, reraise(firstPanic(result, err))
}

// worst is the error of a step: that of a callback of the multi itself explains everything else.
func (in *multi) worst(op string, err error) error {
	in.d.Mu.Lock()
	broke := in.broke
	in.broke = nil
	in.d.Mu.Unlock()
	if broke == nil {
		return err
	}
	return &MultiError{Op: op, Code: codes.MultiAbortedByCallback, Cause: broke}
}

// rest ends a driving call. It is deferred, so that it sees panics and Goexit.
func (in *multi) rest() {
	in.mu.Lock()
	in.driving = false
	in.mu.Unlock()
	in.pass()
}
