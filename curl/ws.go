package curl

import (
	"context"
	"errors"
	"io"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Frame says which part of a WebSocket frame some data are.
type Frame struct {
	Flags  opt.FrameFlags // its kind; with opt.FrameCont when more frames of the message follow
	Offset int64          // where in the frame the data begin
	Left   int64          // bytes of the frame that are still to come; 0: this was the last of it
}

// ErrNoFrame is what WSMeta has to say in a callback that is not about a WebSocket frame.
var ErrNoFrame = errors.New("curl: WSMeta: no WebSocket frame is being received; ask in the write function of a ws or wss transfer without opt.WSRawMode")

// WSRecv receives a part of a WebSocket frame, after a Perform with opt.ConnectOnlyWebSocket: as much as there is and
// fits in p, of one frame. It waits until there is something or ctx is done, and with ctx done nothing is lost. The end of
// the connection is io.EOF. A WSSend can go on at the same time. An empty p waits for nothing, and gets none.
//
// PINGs are answered by libcurl and not seen here, unless opt.WSNoAutoPong says otherwise. WebSocket does all of this for
// whole messages.
//
// https://curl.se/libcurl/c/curl_ws_recv.html
func (e *Easy) WSRecv(ctx context.Context, p []byte) (int, Frame, error) {
	if err := e.lacks(state.WSRecv, capi.FuncWSRecv); err != nil {
		return 0, Frame{}, err
	}
	if len(p) == 0 {
		_, err := e.connected(state.WSRecv, "WSRecv", 0)
		return 0, Frame{}, err
	}
	return e.recvFrame(ctx, "WSRecv", p, 0)
}

// recvFrame is WSRecv on the connection of a certain transfer.
func (e *Easy) recvFrame(ctx context.Context, method string, p []byte, of uint64) (int, Frame, error) {
	a := attempt{e: e, op: state.WSRecv, method: method, p: p, of: of}
	n, err := a.run(ctx)
	if errors.Is(err, codes.GotNothing) {
		err = io.EOF
	}
	return n, frameOf(a.part), err
}

// WSSend sends p as a WebSocket frame, or with opt.FrameOffset as a part of one that has size bytes (0 in the calls for
// its other parts). It waits until all of p is sent, or ctx is done: then it returns how much was, and the frame goes on
// with a WSSend of the rest and the same flags, before any other. Frames of two goroutines do not mix.
//
// In the handle's own callbacks, where it answers the frame that WSMeta tells about, libcurl itself waits until everything
// is sent: only opt.Timeout ends that.
//
// https://curl.se/libcurl/c/curl_ws_send.html
func (e *Easy) WSSend(ctx context.Context, p []byte, flags opt.FrameFlags, size int64) (int, error) {
	if err := e.lacks(state.WSSend, capi.FuncWSSend); err != nil {
		return 0, err
	}
	if !e.handle().free() {
		return e.answer(ctx, p, flags, size)
	}
	turn := e.handle().frames()
	if err := take(ctx, "WSSend", turn); err != nil {
		return 0, err
	}
	defer give(turn)
	return e.sendFrame(ctx, "WSSend", p, flags, size, 0)
}

// framePiece is how much of a frame libcurl is given at a time. It masks byte by byte (8.14.1 and 8.22.0: some 30 MB a
// second), and whoever reads from the connection waits for that.
const framePiece = 16 << 10

// sendFrame is WSSend whose turn it is, on the connection of a certain transfer.
func (e *Easy) sendFrame(ctx context.Context, method string, p []byte, flags opt.FrameFlags, size int64, of uint64) (done int, err error) {
	piece := framePiece
	switch {
	case flags == 0: // raw mode, which has no frames to be in the middle of
		piece = len(p)
	case len(p) > piece && flags&opt.FrameOffset == 0:
		flags, size = flags|opt.FrameOffset, int64(len(p))
	}
	a := attempt{e: e, op: state.WSSend, method: method, flags: flags, size: size, of: of}
	for {
		a.p, a.n, a.done = p[done:min(done+piece, len(p))], 0, false
		n, err := a.run(ctx)
		if done += n; err != nil || done >= len(p) {
			return done, err
		}
	}
}

// answer is WSSend in a callback of the handle's transfer, and where it is refused.
func (e *Easy) answer(ctx context.Context, p []byte, flags opt.FrameFlags, size int64) (int, error) {
	h := e.handle()
	lock, err := h.acquire(state.WSSend)
	if err != nil {
		return 0, err
	}
	if !lock.flying() { // connected by now
		lock.Unlock()
		return e.WSSend(ctx, p, flags, size)
	}
	var part capi.FramePart
	var code int
	err = h.calls(e, func() { part, code = h.cell.WSSend(p, size, uint32(flags)) })
	if err == nil {
		err = e.failed(state.WSSend, code)
	}
	lock.Unlock()
	return part.N, err
}

// WSMeta tells of the WebSocket frame that the write function in progress is called with.
//
// https://curl.se/libcurl/c/curl_ws_meta.html
func (e *Easy) WSMeta() (Frame, error) {
	if err := e.lacks(state.WSMeta, capi.FuncWSMeta); err != nil {
		return Frame{}, err
	}
	lock, err := e.handle().acquire(state.WSMeta)
	if err != nil {
		return Frame{}, err
	}
	defer lock.Unlock()
	part, ok := e.h.cell.WSMeta()
	if !ok {
		return Frame{}, ErrNoFrame
	}
	return frameOf(part), nil
}

// WSStartFrame begins a frame of so many bytes, in the read function of a ws or wss transfer with opt.Upload, which then
// returns its data; 0 and no error for one without. What it returns without that is a binary frame each time.
//
// https://curl.se/libcurl/c/curl_ws_start_frame.html
func (e *Easy) WSStartFrame(flags opt.FrameFlags, size int64) error {
	if err := e.lacks(state.WSStartFrame, capi.FuncWSStartFrame); err != nil {
		return err
	}
	h := e.handle()
	lock, err := h.acquire(state.WSStartFrame)
	if err != nil {
		return err
	}
	code := 0
	err = h.calls(e, func() { code = h.cell.WSStart(uint32(flags), size) })
	if err == nil {
		err = e.failed(state.WSStartFrame, code)
	}
	h.framed = h.framed || err == nil
	lock.Unlock()
	return err
}

// failed is the error that a call in a callback came to. The caller holds the lock.
func (e *Easy) failed(op state.Op, code int) error {
	if code == 0 {
		return nil
	}
	return &Error{Op: op.String(), Code: codes.Easy(code), Detail: e.h.text(), Errno: e.h.errno(codes.Easy(code))}
}

// frames is where those who send WebSocket frames wait for their turn: it has an element while nobody does.
func (h *handle) frames() chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.frameTurn == nil {
		h.frameTurn = make(chan struct{}, 1)
		h.frameTurn <- struct{}{}
	}
	return h.frameTurn
}

func frameOf(p capi.FramePart) Frame {
	return Frame{Flags: opt.FrameFlags(p.Flags), Offset: p.Offset, Left: p.Left}
}

// flying says that what is locked is a transfer in flight.
func (g grip) flying() bool {
	if g.lock == &g.h.mu {
		return false
	}
	g.h.mu.Lock()
	defer g.h.mu.Unlock()
	return g.h.st != state.Connected // of a member of a Multi
}

// free says that the handle has a connection for the caller, who does not stand in its way. Somebody else who is inside
// libcurl with it is waited for.
func (h *handle) free() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.st == state.Connected && h.situation() <= state.ForeignCallback
}
