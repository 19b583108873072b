package curl

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// ErrMessageTooBig is the error of a message beyond the limit of SetReadLimit. The peer is told, and nothing more is read.
var ErrMessageTooBig = errors.New("the message is beyond the limit; see WebSocket.SetReadLimit")

// incoming is what has been received and not been asked for yet.
type incoming struct {
	buf    []byte         // where parts of frames are received
	ctl    []byte         // what has come of a control frame
	open   bool           // a message has begun and not ended
	kind   MessageKind    // of that
	data   []byte         // what is there of it; for a reader a part of buf
	reader *messageReader // who reads it, nil: Read does
	kept   []wholeMessage // whole ones, which came while Shutdown waited
}

type wholeMessage struct {
	kind MessageKind
	data []byte
}

const firstBuffer, fullBuffer = 4 << 10, 64 << 10

// Read returns the next message, with its data for the caller to keep. It waits until there is one or ctx is done, and
// with ctx done nothing is lost: the next Read goes on. When the peer has closed the WebSocket it is a *CloseError; a
// connection that ended without that is io.ErrUnexpectedEOF.
func (w *WebSocket) Read(ctx context.Context) (MessageKind, []byte, error) {
	if err := w.begin(ctx, "Read"); err != nil {
		return 0, nil, err
	}
	defer give(w.reading)
	if m, ok := w.in.keptMessage(); ok {
		return m.kind, m.data, nil
	}
	return w.next(ctx)
}

// next receives a message, for whoever has the turn.
func (w *WebSocket) next(ctx context.Context) (MessageKind, []byte, error) {
	in := &w.in
	if err := w.skip(ctx); err != nil {
		return 0, nil, err
	}
	for {
		n, f, err := w.part(ctx)
		if err != nil {
			return 0, nil, err
		}
		if limit := w.limit.Load(); limit > 0 && f.Left > limit-int64(len(in.data)+n) {
			return 0, nil, w.fail(CloseTooBig, ErrMessageTooBig)
		}
		if f.Left > 0 {
			in.data = slices.Grow(in.data, n+int(min(f.Left, 1<<20))) // a mere announcement does not take all memory
		}
		in.data = append(in.data, in.buf[:n]...)
		if !in.open {
			break
		}
	}
	data := in.data
	in.data = nil
	if in.kind == TextMessage && !utf8.Valid(data) {
		return 0, nil, w.fail(CloseInvalidData, ErrNotUTF8)
	}
	if data == nil {
		data = []byte{}
	}
	return in.kind, data, nil
}

func (in *incoming) keptMessage() (m wholeMessage, ok bool) {
	if len(in.kept) == 0 {
		return m, false
	}
	m = in.kept[0]
	in.kept = in.kept[1:]
	return m, true
}

// Reader returns the next message as what its data are read from as they arrive, for messages of any length. A Read or
// Reader after it gives up what has not been read of it. Whether text is in UTF-8 is not looked at. ctx counts for all of
// it.
func (w *WebSocket) Reader(ctx context.Context) (MessageKind, io.Reader, error) {
	if err := w.begin(ctx, "Reader"); err != nil {
		return 0, nil, err
	}
	defer give(w.reading)
	in := &w.in
	if m, ok := in.keptMessage(); ok {
		return m.kind, bytes.NewReader(m.data), nil
	}
	if err := w.skip(ctx); err != nil {
		return 0, nil, err
	}
	if !in.open {
		n, _, err := w.part(ctx)
		if err != nil {
			return 0, nil, err
		}
		in.data = in.buf[:n]
	}
	in.reader = &messageReader{w: w, ctx: ctx, last: !in.open}
	return in.kind, in.reader, nil
}

// messageReader is the current one while it is in the WebSocket's incoming.
type messageReader struct {
	w    *WebSocket
	ctx  context.Context
	last bool // all of the message is in data; guarded by the turn for reading
	done bool // and has been read; of the goroutine that reads
}

func (r *messageReader) Read(p []byte) (int, error) {
	w := r.w
	if r.done {
		return 0, io.EOF
	}
	if err := take(r.ctx, "Read", w.reading); err != nil {
		return 0, err
	}
	defer give(w.reading)
	in := &w.in
	if in.reader != r {
		return 0, fmt.Errorf("curl: Read: the rest of the message was given up for what came after it: %w", io.ErrUnexpectedEOF)
	}
	for len(in.data) == 0 && !r.last {
		n, _, err := w.part(r.ctx)
		if err != nil {
			return 0, err
		}
		in.data, r.last = in.buf[:n], !in.open
	}
	n := copy(p, in.data)
	if in.data = in.data[n:]; n == 0 && len(p) > 0 {
		r.done = true
		return 0, io.EOF
	}
	return n, nil
}

// begin takes the turn for reading, unless there is nothing to read any more.
func (w *WebSocket) begin(ctx context.Context, op string) error {
	refused := w.waits(state.WSRecv, op)
	if errors.Is(refused, ErrInCallback) || w.never() {
		return refused
	}
	if err := take(ctx, op, w.reading); err != nil {
		return err
	}
	err := w.why()
	if err == nil {
		err = refused
	}
	if err == nil || len(w.in.kept) > 0 {
		return nil
	}
	give(w.reading)
	return err
}

// skip gives up what a Reader has left of its message.
func (w *WebSocket) skip(ctx context.Context) error {
	in := &w.in
	if in.reader == nil {
		return nil
	}
	for in.data = nil; in.open; {
		if _, _, err := w.part(ctx); err != nil {
			return err
		}
	}
	in.reader = nil
	return nil
}

// part receives a part of a message into in.buf, and deals with what else comes. It is for whoever has the turn.
func (w *WebSocket) part(ctx context.Context) (int, Frame, error) {
	in := &w.in
	if in.buf == nil {
		in.buf = make([]byte, firstBuffer)
	}
	for {
		n, f, err := w.e.recvFrame(ctx, "Read", in.buf, w.of)
		switch {
		case err == io.EOF:
			err = fmt.Errorf("curl: Read: the peer has gone without closing the WebSocket: %w", io.ErrUnexpectedEOF)
			return 0, f, w.end(err)
		case err != nil && whyDone(ctx) != nil:
			return 0, f, err
		case err != nil:
			return 0, f, w.end(err)
		case f.Flags&(opt.FramePing|opt.FramePong|opt.FrameClose) != 0:
			if err := w.control(f, in.buf[:n]); err != nil {
				return 0, f, err
			}
			continue
		}
		in.open = f.Left > 0 || f.Flags&opt.FrameCont != 0
		in.kind = BinaryMessage
		if f.Flags&opt.FrameText != 0 {
			in.kind = TextMessage
		}
		if n == firstBuffer && len(in.buf) == n && f.Left > 0 { // once
			defer func() { in.buf = append(in.buf, make([]byte, fullBuffer-firstBuffer)...) }()
		}
		return n, f, nil
	}
}

// control takes a part of a control frame, and acts when it is complete.
func (w *WebSocket) control(f Frame, part []byte) error {
	in := &w.in
	in.ctl = append(in.ctl, part...)
	if f.Left > 0 {
		return nil
	}
	data := string(in.ctl)
	in.ctl = in.ctl[:0]
	switch {
	case f.Flags&opt.FramePing != 0:
		w.owe(control{opt.FramePong, data})
	case f.Flags&opt.FramePong != 0:
		w.mu.Lock()
		defer w.mu.Unlock()
		if answered, ok := w.pings[data]; ok {
			delete(w.pings, data)
			close(answered)
		}
	default:
		return w.goodbye(data)
	}
	return nil
}

// owe has a control frame sent. Of several pings only the last has to be answered: one that makes nobody wait for the rest.
func (w *WebSocket) owe(c control) {
	w.mu.Lock()
	if n := len(w.due); n > 0 && w.due[n-1].flags == c.flags {
		w.due = w.due[:n-1]
	}
	w.due = append(w.due, c)
	w.mu.Unlock()
	w.flush()
}

// end notes why nothing is received any more. The first reason counts.
func (w *WebSocket) end(err error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over == nil {
		w.over = err
		close(w.ended)
	}
	return w.over
}

// why is that reason, nil while there is none.
func (w *WebSocket) why() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.over
}
