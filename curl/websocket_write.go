package curl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// ErrCut is in the error of a Write after one that has ended in the middle of its message, by its context or a failure:
// the peer would take what follows for the rest of that.
var ErrCut = errors.New("an earlier message was left in its middle; close the WebSocket")

// ErrNotUTF8 is the error of a text message that is not in UTF-8, on either side.
var ErrNotUTF8 = errors.New("the text message is not in UTF-8; use BinaryMessage for other data")

// Write sends a message, in one frame. When ctx ends it in the middle, no other can be sent: ErrCut.
func (w *WebSocket) Write(ctx context.Context, kind MessageKind, data []byte) error {
	if err := kind.check("Write"); err != nil {
		return err
	}
	if kind == TextMessage && !utf8.Valid(data) {
		return fmt.Errorf("curl: Write: %w", ErrNotUTF8)
	}
	if err := w.takeWriting(ctx, "Write"); err != nil {
		return err
	}
	defer give(w.writing)
	return w.send(ctx, "Write", kind.flags(), data)
}

// Writer returns what sends a message of any length piece by piece: each Write is a frame, and Close ends the message.
// Others who write wait until then. ctx counts for all of it.
func (w *WebSocket) Writer(ctx context.Context, kind MessageKind) (io.WriteCloser, error) {
	if err := kind.check("Writer"); err != nil {
		return nil, err
	}
	if err := w.takeWriting(ctx, "Writer"); err != nil {
		return nil, err
	}
	return &messageWriter{w: w, ctx: ctx, flags: kind.flags()}, nil
}

// takeWriting waits for the turn to send a message. A Writer that nobody closes keeps it, also when the connection has gone.
func (w *WebSocket) takeWriting(ctx context.Context, op string) error {
	if w.never() {
		return w.waits(state.WSSend, op)
	}
	return takeUnless(ctx, op, w.writing, w.gone, func() error { return w.waits(state.WSSend, op) })
}

// messageWriter is for one goroutine.
type messageWriter struct {
	w      *WebSocket
	ctx    context.Context
	flags  opt.FrameFlags
	closed bool
}

func (m *messageWriter) Write(p []byte) (int, error) {
	switch {
	case m.closed:
		return 0, fmt.Errorf("curl: Write: the message has ended: %w", io.ErrClosedPipe)
	case len(p) == 0:
		return 0, nil
	}
	if err := m.w.send(m.ctx, "Write", m.flags|opt.FrameCont, p); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (m *messageWriter) Close() error {
	if m.closed {
		return nil
	}
	m.closed = true
	defer give(m.w.writing)
	return m.w.send(m.ctx, "Write", m.flags, nil)
}

// send sends a frame.
func (w *WebSocket) send(ctx context.Context, op string, flags opt.FrameFlags, data []byte) error {
	if err := w.waits(state.WSSend, op); err != nil {
		return err
	}
	if err := take(ctx, op, w.frames); err != nil {
		return err
	}
	defer w.flush()
	defer give(w.frames)
	switch expired := whyDone(ctx); {
	case w.said:
		return w.closed(op)
	case w.cut != nil:
		return fmt.Errorf("curl: %s: %w (%w)", op, ErrCut, w.cut)
	case expired != nil:
		return ended(op, expired)
	}
	complete := false
	defer func() { // as well when a callback panics
		if !complete && w.cut == nil {
			w.cut = io.ErrShortWrite
		}
	}()
	_, err := w.e.sendFrame(ctx, op, data, flags, 0, w.of)
	if complete = err == nil; complete {
		w.said = flags&opt.FrameClose != 0
	} else {
		w.cut = err
	}
	return err
}

// flush sends the control frames that are due. Where that would have to wait, a goroutine does; where somebody is sending,
// it is done after that.
func (w *WebSocket) flush() {
	for w.anyDue() {
		select {
		case <-w.frames:
		default:
			return
		}
		if !w.sendDue() {
			return
		}
	}
}

func (w *WebSocket) anyDue() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.due) > 0
}

// nextDue takes a frame off the list.
func (w *WebSocket) nextDue() (c control, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.due) == 0 {
		return control{}, false
	}
	c = w.due[0]
	w.due = w.due[1:]
	return c, true
}

// sendDue sends what is due, and gives the turn back. It reports false when a goroutine goes on with that.
func (w *WebSocket) sendDue() bool {
	kept := false
	defer func() {
		if !kept {
			give(w.frames)
		}
	}()
	for {
		c, ok := w.nextDue()
		if !ok || w.said || w.cut != nil {
			return true
		}
		a := attempt{e: w.e, op: state.WSSend, method: "Write", p: []byte(c.data), flags: c.flags, of: w.of}
		w.cut = io.ErrShortWrite // unless it all goes well
		a.try(context.Background())
		if a.done && a.err == nil && a.n == len(a.p) {
			w.sent(c)
			continue
		}
		if a.done && a.err != nil {
			w.cut = a.err
			reraise(a.err)
			return true
		}
		kept = true // whether for the socket or for somebody inside libcurl, it has to wait
		go w.finish(c, a.n)
		return false
	}
}

// sent notes that a control frame is on its way.
func (w *WebSocket) sent(c control) {
	w.cut, w.said = nil, c.flags == opt.FrameClose
}

// finish is sendDue that waits, for a frame of which n bytes are sent.
func (w *WebSocket) finish(c control, n int) {
	defer w.flush()
	defer give(w.frames)
	defer func() { // a debug function that panics here has nobody else who waits
		if p, ok := recover().(*CallbackPanic); ok {
			w.cut = p
		}
	}()
	if _, err := w.e.sendFrame(context.Background(), "Write", []byte(c.data)[n:], c.flags, 0, w.of); err != nil {
		w.cut = err
		return
	}
	w.sent(c)
}

// closed is the error of a call after a close frame.
func (w *WebSocket) closed(op string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over != nil {
		return w.over
	}
	return &Error{Op: op, Code: codes.SendError, Cause: ErrShutdown}
}
