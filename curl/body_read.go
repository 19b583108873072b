package curl

import (
	"context"
	"io"
	"os"
	"runtime"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Body is the body of a transfer in flight, which Open has begun: an io.ReadCloser and io.WriterTo.
//
// Whoever reads runs the transfer. Between Reads it stands still, or on an Engine goes on until 256 KiB wait to be read;
// then the sender has to wait. Data goes from libcurl's buffer to the reader's, in the same goroutine. That buffer has 64 KiB
// instead of libcurl's 16, unless opt.BufferSize or opt.MaxRecvSpeed is set: more at once is faster. On an Engine only since
// libcurl 8.7.0, which has one for all transfers.
// Only a file: URL and a telnet: session are read whole into memory first, since libcurl cannot pause there.
//
// The handle is in flight until the body has been read to its end or closed, as with Perform: Set is ErrBusy, Info works,
// Pause(Receiving) holds Reads back, Cancel and Easy.Close end it. Its callbacks run inside Open and Read; inside them
// Read is ErrInCallback.
//
// Methods may be called from any goroutine. Of several Reads at once each gets a piece of its own. A Body that is
// dropped without Close is reported through slog and ended in the background. The zero Body is a closed one.
type Body struct {
	_    noCopy
	s    *stream
	e    *Easy
	owns bool // Close closes e as well
}

// Open begins the transfer and returns its body when the header of the response is complete, so that Info and Headers
// answer: that of the last response, after redirects and rounds of authentication. Where it could be followed by another one (a
// redirect, 401, 407, 417), and with other protocols, it returns with the first data or at the end. The body
// replaces any write function for this time; with opt.Header the header is part of it, and Open returns with its first line.
//
// ctx rules the whole transfer: when it ends, so do Reads, at once. The errors are those of Perform. An HTTP status of 400 or
// more is no error unless opt.FailOnError says so.
//
// Read to io.EOF to have the connection used again by the next transfer; close the body in any case.
func (e *Easy) Open(ctx context.Context) (*Body, error) {
	if e == nil || e.h == nil {
		e = &Easy{h: &neverOpen, fn: noFunctions()}
	}
	s := newStream(e)
	t, err := e.begin(ctx, state.Open, false, s)
	if err != nil {
		return nil, err
	}
	s.begun = t
	return s.open(e)
}

// open runs the transfer until its header is there. The caller has the turn.
func (s *stream) open(e *Easy) (*Body, error) {
	returned := false
	defer func() {
		if !returned { // a callback panicked or ended the goroutine: the stream has ended, too
			s.release()
		}
	}()
	if s.lane != nil {
		s.startLane(e)
	} else if err, left := s.startOwn(e); left {
		s.over(err)
	}
	if s.ended && s.err != nil {
		return nil, s.last()
	}
	s.opened = true
	b := &Body{s: s, e: e}
	s.watchDrop(b)
	returned = true
	s.release()
	return b, nil
}

// straight is the length of a Read from which on data goes to it without a stop on the tape. A tape makes many short
// Reads cheap.
const straight = 4096

// Read waits for body data, at least one byte, and returns what is there. At the end it is io.EOF. A body that was cut
// short is io.ErrUnexpectedEOF by errors.Is; as any other failure of the transfer it is an *Error with libcurl's code,
// and comes after all data that had arrived. A panic of a callback is raised once.
//
// The outcome of the transfer is what every later Read returns; after Close it is ErrBodyClosed, after Easy.Close
// ErrClosed.
func (b *Body) Read(p []byte) (int, error) {
	if b.never() {
		return 0, ErrBodyClosed
	}
	s := b.s
	if err := s.take("Read"); err != nil {
		return 0, err
	}
	defer func() {
		s.release()
		runtime.KeepAlive(b)
	}()
	if len(p) == 0 {
		return 0, nil
	}
	window := p
	if len(p) < straight {
		window = nil
	}
	if s.want(b.e, window); s.window.N > 0 {
		return s.window.N, nil
	}
	n := copy(p, s.left)
	s.left = s.left[n:]
	if n > 0 {
		return n, nil
	}
	return 0, s.last()
}

// Close ends the transfer, unless it is over, and does not wait for data. An early end costs the connection
// (not with HTTP/2, where the server hears of it when the connection is next used). Inside a
// callback, or beside a Read that is in one, the transfer ends when that has returned; otherwise the handle is at rest
// when Close returns. Closing again does nothing. The error is always nil; the result makes Body an io.Closer.
func (b *Body) Close() error {
	if b.never() {
		return nil
	}
	if b.s.close(b.e) && b.owns {
		b.e.Close()
	}
	runtime.KeepAlive(b)
	return nil
}

// close is Close, and reports whether it was the first.
func (s *stream) close(e *Easy) bool {
	if !s.closed.CompareAndSwap(false, true) {
		return false
	}
	h := s.h
	h.mu.Lock()
	wait := false
	if h.stream == s {
		inside := h.situation() > state.ForeignCallback
		h.cancel(ErrBodyClosed) // ends it in the background, when nobody else does
		wait = !inside && h.callbacks.Load() == 0 && !s.lent.Load()
	}
	h.mu.Unlock()
	if wait {
		s.end(e)
		<-s.turn
		raise := s.raise
		s.raise = false
		s.release()
		if raise {
			panic(s.err)
		}
	}
	return true
}

// Easy is the handle whose transfer it is, for Info and Headers.
func (b *Body) Easy() *Easy {
	if b == nil {
		return nil
	}
	return b.e
}

// never says that b is the zero Body, or none at all: no Open has made it.
func (b *Body) never() bool { return b == nil || b.s == nil }

// Open is Easy.Open for a URL on the Engine that Fetch uses, with the options given on top of the defaults. Closing the
// body closes its handle (Body.Easy) as well.
func Open(ctx context.Context, url string, options ...opt.Option) (*Body, error) {
	h, err := newCommon(url, options)
	if err != nil {
		return nil, err
	}
	b, err := h.Open(ctx)
	if err != nil {
		h.Close()
		return nil, err
	}
	b.owns = true
	return b, nil
}

// closedError is os.ErrClosed with a text of its own.
type closedError struct{}

func (*closedError) Error() string { return "curl: the body is closed" }
func (*closedError) Unwrap() error { return os.ErrClosed }

var _ interface {
	io.ReadCloser
	io.WriterTo
} = (*Body)(nil)
