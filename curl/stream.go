package curl

import (
	"errors"
	"io"
	"runtime"
	"sync/atomic"
	"weak"

	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// stream is a transfer whose body is read: what a Body and its handle have in common.
//
// The goroutine that reads runs the transfer (stream_own.go), or waits for it on a lane (stream_lane.go), until there is
// something for it: nothing is handed from goroutine to goroutine. What it does not take at once stays on the tape of
// the cell, whose size is limited; then libcurl pauses, and the sender has to wait. In between nobody runs a transfer of
// a handle's own, which has the same effect.
//
// It refers to neither the Body nor, in a way that counts, the Easy, so that either can be dropped.
type stream struct {
	h    *handle
	easy weak.Pointer[Easy]

	turn   chan struct{} // has one element, unless somebody is at work with the stream: a lock that can be given up
	quit   chan struct{} // closed when the transfer is to end early
	cause  error         // why; written before quit is closed
	lent   atomic.Bool   // a Write that WriteTo called has the memory of left
	closed atomic.Bool   // the Body is closed

	// The rest belongs to whoever has taken the turn.
	begun
	opened bool          // Open has returned
	left   []byte        // of the body, what has been taken and not read: C memory
	window driver.Window // of a Read that runs the transfer
	ended  bool          // the handle is at rest again
	err    error         // how it ended, nil: well
	raise  bool          // err is the panic of a callback, which nobody has heard of
}

// newStream makes a stream whose turn the caller has.
func newStream(e *Easy) *stream {
	return &stream{h: e.h, easy: weak.Make(e), turn: make(chan struct{}, 1), quit: make(chan struct{})}
}

var (
	// ErrBodyClosed is the error of a Read after Close. errors.Is finds os.ErrClosed in it, too.
	ErrBodyClosed error = &closedError{}

	errDropped = errors.New("the body was dropped without Close")
	errUnwound = errors.New("a callback ended the goroutine that read the body")

	errWriteCount = errors.New("the io.Writer returned a count outside what it was given")
)

// hook has the C handle tell of the body and the header. The caller holds mu; the handle is at rest.
func (s *stream) hook(e *Easy, own bool) {
	c := s.h.cell
	c.SetFunctions(true, int32(opt.IDWriteFunction), int32(opt.IDHeaderFunction))
	c.Stream(own, e.fn.header != nil)
	if own || !quirkBuffers.here() { // on an engine transfers are many
		c.FitReceive(true)
	}
}

// unhook is for the end of the transfer. The caller holds the driver's lock.
func (s *stream) unhook(e *Easy) {
	c := s.h.cell
	c.Untape()
	c.FitReceive(false)
	if e.fn.header == nil {
		c.SetFunctions(false, int32(opt.IDHeaderFunction))
	}
}

// stopped comes when the transfer is to end early. The caller holds mu. Somebody who waits in a Read ends it; when
// nobody does, it is ended here.
func (s *stream) stopped(cause error) {
	if s.cause != nil {
		return
	}
	s.cause = cause
	close(s.quit)
	if e := s.easy.Value(); e != nil {
		go s.end(e)
	}
}

// end ends a transfer that is to end early, unless that has happened. It waits for whoever is at work with the stream.
func (s *stream) end(e *Easy) {
	<-s.turn
	defer s.release()
	if !s.ended && !s.lent.Load() {
		s.pull(e, nil)
	}
}

func (s *stream) release() { s.turn <- struct{}{} }

// take takes the turn for a call on the body, or says why it cannot.
func (s *stream) take(method string) error {
	switch {
	case s.closed.Load():
		return ErrBodyClosed
	case s.lent.Load():
		return &StateError{Op: method, State: state.InFlight.String(), Caller: state.Outside.String(), Reason: ErrReading}
	}
	h := s.h
	h.mu.Lock()
	var err error
	if h.stream == s || h.st >= state.Draining {
		_, err = h.decide(state.Read)
	}
	h.mu.Unlock()
	if err != nil {
		return named(err, method)
	}
	select {
	case <-s.turn:
		return nil
	default:
	}
	select {
	case <-s.turn:
		return nil
	case <-s.quit:
		return ended("read", s.cause)
	}
}

// want waits until there is some of the body to read, unless there is; when the transfer is to end early it ends it
// instead. p is for the window.
func (s *stream) want(e *Easy, p []byte) {
	s.window.N = 0
	switch {
	case s.ended:
	case s.quitting():
		s.pull(e, nil)
	case len(s.left) == 0:
		s.pull(e, p)
	}
}

// quitting says that the transfer is to end early.
func (s *stream) quitting() bool {
	select {
	case <-s.quit:
		return true
	default:
		return false
	}
}

// pull waits for body data: afterwards there is something in left or in the window, which is p, or the stream has ended,
// or Open may return. The caller has the turn.
func (s *stream) pull(e *Easy, p []byte) {
	s.window = driver.Window{Cell: s.h.cell, P: p}
	if s.lane != nil {
		s.pullLane(e)
	} else {
		s.pullOwn(e, nil)
	}
	s.window.P = nil
}

// over notes how the transfer has ended. The handle is at rest.
func (s *stream) over(err error) {
	s.unwatch()
	err = s.also(err)
	s.ctx = nil
	s.ended, s.left, s.err = true, nil, err
	s.raise = isPanic(err)
	op := state.Read
	if !s.opened {
		op = state.Open
	}
	if failed, ok := err.(*Error); ok {
		failed.Op = opName(op)
		failed.cut = s.opened && cutShort(failed)
	}
}

// cutShort says whether the failure means that the peer ended the body before its end.
func cutShort(err *Error) bool {
	switch err.Code {
	case codes.HTTP2Stream, codes.HTTP2, codes.SendError: // the latter two where a connection with HTTP/2 has ended, which is written to as well
		return true
	case codes.RecvError: // TLS that ends without a goodbye
		return err.Errno == 0
	}
	return false
}

// last is what a Read that finds nothing more returns. It raises the panic of a callback once.
func (s *stream) last() error {
	if s.raise {
		s.raise = false
		panic(s.err)
	}
	if s.closed.Load() {
		return ErrBodyClosed
	}
	if s.err == nil {
		return io.EOF
	}
	return s.err
}

// dropped runs after a Body was collected without Close.
func (s *stream) dropped() {
	s.h.mu.Lock()
	defer s.h.mu.Unlock()
	if s.h.stream == s {
		bodyDrops.add()
		s.h.cancel(errDropped)
	}
}

// watchDrop arranges for the case that the body is dropped.
func (s *stream) watchDrop(b *Body) { runtime.AddCleanup(b, (*stream).dropped, s) }
