package curl

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// CloseCode says why a WebSocket was closed. Codes from 3000 on are for libraries, from 4000 on for programs.
type CloseCode uint16

// The codes of RFC 6455 and its registry.
const (
	CloseNormal         CloseCode = 1000 // all was said
	CloseGoingAway      CloseCode = 1001 // the server stops, or the page is left
	CloseProtocolError  CloseCode = 1002
	CloseUnsupported    CloseCode = 1003 // a kind of data that the receiver does not take
	CloseNoCode         CloseCode = 1005 // none was given; never sent
	CloseInvalidData    CloseCode = 1007 // text that is not in UTF-8, for instance
	ClosePolicy         CloseCode = 1008 // for whatever has no code of its own
	CloseTooBig         CloseCode = 1009
	CloseNeedsExtension CloseCode = 1010
	CloseInternalError  CloseCode = 1011
	CloseRestart        CloseCode = 1012
	CloseTryAgainLater  CloseCode = 1013
	CloseBadGateway     CloseCode = 1014
)

// String returns the number.
func (c CloseCode) String() string { return strconv.Itoa(int(c)) }

// sendable says whether the code may be in a close frame.
func (c CloseCode) sendable() bool {
	return c >= 1000 && c <= 1014 && c != 1004 && c != 1005 && c != 1006 || c >= 3000 && c <= 4999
}

// CloseError is what Read returns when the peer has closed the WebSocket, and what Write returns afterwards.
type CloseError struct {
	Code   CloseCode
	Reason string // "" if none was given
}

func (e *CloseError) Error() string {
	s := "curl: the peer has closed the WebSocket, code " + e.Code.String()
	if e.Reason != "" {
		s += ": " + strconv.Quote(e.Reason)
	}
	return s
}

// ErrShutdown is in the error of a Write after Shutdown.
var ErrShutdown = errors.New("the WebSocket was shut down")

// ErrBadClose is the error of a close frame, to be sent or received, that RFC 6455 does not allow.
var ErrBadClose = errors.New("a close frame has a code of 1000 to 1014 (not 1004 to 1006) or 3000 to 4999, and 123 bytes of UTF-8 at most")

// Shutdown closes the WebSocket properly: it tells the peer the code and the reason, of 123 bytes at most, waits until the
// peer has done so as well, or ctx is done, and frees everything. Messages that come meanwhile are there for Read, also
// afterwards, unless they come to more than the limit, or are more than a thousand.
//
// The error is nil when the peer has closed it, too.
func (w *WebSocket) Shutdown(ctx context.Context, code CloseCode, reason string) error {
	if !code.sendable() || len(reason) > 123 || !utf8.ValidString(reason) {
		return fmt.Errorf("curl: Shutdown: code %v, %d bytes: %w", code, len(reason), ErrBadClose)
	}
	if ctx == nil {
		return ended("Shutdown", errNilContext)
	}
	if err := w.waits(state.WSSend, "Shutdown"); err != nil {
		return err
	}
	defer w.Close()
	err := w.why()
	if err == nil {
		err = w.send(ctx, "Shutdown", opt.FrameClose, append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...))
		if errors.Is(err, ErrShutdown) { // by another call, whose answer serves both
			err = nil
		}
	}
	if err == nil {
		err = w.drain(ctx)
	}
	var proper *CloseError
	if errors.As(err, &proper) {
		return nil
	}
	return err
}

// maxKept is how many messages Shutdown keeps for Read: empty ones take memory as well.
const maxKept = 1000

// drain waits for the end, reading what comes until then unless somebody else does.
func (w *WebSocket) drain(ctx context.Context) error {
	select {
	case <-w.ended:
		return w.why()
	case <-w.gone:
		return w.waits(state.WSRecv, "Shutdown")
	case <-ctx.Done():
		return ended("Shutdown", whyDone(ctx))
	case <-w.reading:
		defer give(w.reading)
		err := w.why()
		room := w.limit.Load()
		if room == 0 {
			room = DefaultReadLimit
		}
		for err == nil {
			var m wholeMessage
			m.kind, m.data, err = w.next(ctx)
			if room -= int64(len(m.data)); err == nil && room >= 0 && len(w.in.kept) < maxKept {
				w.in.kept = append(w.in.kept, m)
			}
		}
		return err
	}
}

// Close ends the connection at once, without telling the peer, and frees everything. Whoever reads or writes gets
// ErrClosed. Shutdown is the polite way.
func (w *WebSocket) Close() error { return w.Easy().Close() }

// fail ends the reading for something that the peer must not do, and tells it so.
func (w *WebSocket) fail(code CloseCode, err error) error {
	w.in.data = nil
	w.owe(control{opt.FrameClose, string(binary.BigEndian.AppendUint16(nil, uint16(code)))})
	return w.end(fmt.Errorf("curl: Read: %w", err))
}

// goodbye takes the peer's close frame and answers it, unless it is the answer to ours.
func (w *WebSocket) goodbye(data string) error {
	e := &CloseError{Code: CloseNoCode}
	if len(data) > 0 {
		if len(data) == 1 {
			return w.fail(CloseProtocolError, ErrBadClose)
		}
		e.Code, e.Reason = CloseCode(data[0])<<8|CloseCode(data[1]), data[2:]
		if !e.Code.sendable() || !utf8.ValidString(e.Reason) {
			return w.fail(CloseProtocolError, ErrBadClose)
		}
	}
	w.owe(control{opt.FrameClose, data})
	return w.end(e)
}
