package curl

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// MessageKind is the kind of a WebSocket message.
type MessageKind int

// The kinds; the numbers are those of RFC 6455.
const (
	TextMessage   MessageKind = 1 // UTF-8
	BinaryMessage MessageKind = 2
)

// flags are those of a frame of such a message.
func (k MessageKind) flags() opt.FrameFlags {
	if k == TextMessage {
		return opt.FrameText
	}
	return opt.FrameBinary
}

// String returns the name of the constant.
func (k MessageKind) String() string {
	switch k {
	case TextMessage:
		return "TextMessage"
	case BinaryMessage:
		return "BinaryMessage"
	}
	return "MessageKind(" + strconv.Itoa(int(k)) + ")"
}

// ErrMessageKind is the error of a message of another kind.
var ErrMessageKind = errors.New("no kind of message; use TextMessage or BinaryMessage")

// check is for a message that is to be sent.
func (k MessageKind) check(op string) error {
	if k != TextMessage && k != BinaryMessage {
		return fmt.Errorf("curl: %s: %v: %w", op, k, ErrMessageKind)
	}
	return nil
}

// WebSocket is a connection that whole messages go through, in both directions.
//
// All methods may be called from any goroutine. One that reads and one that writes go on side by side, and neither costs a
// thread while it waits; of several that do the same, each has its turn. Somebody should be reading: that answers the
// peer's pings, takes the answers to one's own, and sees the end. The zero WebSocket is a closed one.
//
// It is made of curl_ws_recv and curl_ws_send; Easy.WSRecv and Easy.WSSend are these themselves.
//
// https://curl.se/libcurl/c/libcurl-ws.html
type WebSocket struct {
	e     *Easy
	of    uint64       // the transfer that made the connection, by handle.run
	limit atomic.Int64 // of a message that Read returns; 0: none

	gone <-chan struct{} // closed when the handle has given up the connection

	reading chan struct{} // has an element while nobody receives; guards in
	in      incoming

	writing chan struct{} // has an element while no message is being sent
	frames  chan struct{} // the handle's own: has an element while no frame is being sent; guards the next two
	said    bool          // a close frame is on its way, nothing comes after it
	cut     error         // why no frame can be sent any more: one was left in its middle

	mu    sync.Mutex // guards the rest
	due   []control  // to be sent by whoever has, or gives back, the turn for frames
	pings map[string]chan struct{}
	over  error         // why nothing is received any more
	ended chan struct{} // closed when over is set
}

// control is a control frame.
type control struct {
	flags opt.FrameFlags
	data  string
}

// DefaultReadLimit is the size of the largest message that a WebSocket's Read takes, unless SetReadLimit says otherwise.
const DefaultReadLimit = 16 << 20

// DialWebSocket connects to a ws or wss URL and asks the server to speak WebSocket. Options choose proxies, certificates,
// headers (a subprotocol: opt.HTTPHeader([]string{"Sec-WebSocket-Protocol: chat"})) and timeouts. ctx ends the dialling, not what
// follows. A server that refuses is codes.HTTPReturnedError.
//
// It needs libcurl 8.14.0: releases before it do not let pings be answered while a frame is half sent, nor tell the
// fragments of a message apart. An older one, or one without WebSocket, is an *UnsupportedError.
func DialWebSocket(ctx context.Context, url string, options ...opt.Option) (*WebSocket, error) {
	if scheme, ok := urlScheme(url); ok && !isWebSocket(scheme) {
		return nil, notWebSocket(scheme, nil)
	}
	e, err := newFor(url, options)
	if err != nil {
		return nil, err
	}
	w, err := e.WebSocket(ctx)
	if err != nil {
		e.Close()
	}
	return w, err
}

// WebSocket performs with the handle, whose URL is of the scheme ws or wss, and returns the connection: what DialWebSocket
// does with a handle of its own, for one that is in a Share, say. It ends with the handle, with another Perform and with
// Reset: then its methods return ErrNotConnected. The WebSocket's Close closes the handle.
func (e *Easy) WebSocket(ctx context.Context) (*WebSocket, error) {
	switch {
	case e.handle() == &neverOpen:
		return nil, named(e.handle().refuse(state.Perform, ErrClosed), "WebSocket")
	case capi.VersionNum() < wholeMessages:
		return nil, unsupported("DialWebSocket, which answers pings itself (CURLWS_NOAUTOPONG),", wholeMessages)
	case !websocket.Load() || !capi.Has(capi.FuncWSRecv):
		return nil, unsupported("WebSocket, which DialWebSocket speaks (curl_ws_recv),", capi.FuncWSRecv.Since())
	}
	if err := e.Set(opt.ConnectOnly(opt.ConnectOnlyWebSocket), opt.WSOptions(opt.WSNoAutoPong)); err != nil {
		return nil, named(err, "WebSocket")
	}
	if err := e.Perform(ctx); err != nil {
		return nil, named(err, "WebSocket")
	}
	if scheme, err := Info(e, info.Scheme); err != nil || !isWebSocket(strings.ToLower(scheme)) {
		return nil, notWebSocket(strings.ToLower(scheme), err)
	}
	of, err := e.connected(state.WSRecv, "WebSocket", 0)
	if err != nil {
		return nil, err
	}
	w := &WebSocket{e: e, of: of, reading: make(chan struct{}, 1), writing: make(chan struct{}, 1), frames: e.handle().frames(),
		pings: map[string]chan struct{}{}, ended: make(chan struct{})}
	w.gone = e.handle().parting(of)
	w.limit.Store(DefaultReadLimit)
	w.reading <- struct{}{}
	w.writing <- struct{}{}
	return w, nil
}

func isWebSocket(scheme string) bool { return scheme == "ws" || scheme == "wss" }

func notWebSocket(scheme string, err error) error {
	return &Error{Op: "websocket", Code: codes.UnsupportedProtocol, Cause: errors.Join(err, fmt.Errorf("the scheme is %s; "+
		"a WebSocket needs a URL that begins with ws:// or wss://", scheme))}
}

// waits says why there is no connection for a call that waits for its turn first: without this one of a callback would
// wait for the call that it is in.
func (w *WebSocket) waits(op state.Op, method string) error {
	if w.never() {
		return named(refusal(op, state.Closed, state.Outside, state.ClosedHandle, nil), method)
	}
	gone := false
	select {
	case <-w.gone:
		gone = true
	default:
	}
	h := w.e.handle()
	h.mu.Lock()
	err := named(h.replaced(op, w.of), method)
	h.mu.Unlock()
	if err == nil && !h.free() {
		_, err = w.e.connected(op, method, w.of)
	}
	if err == nil && gone { // by a Reset that is not over
		err = named(refusal(op, state.Idle, state.Outside, state.NotConnected, nil), method)
	}
	return err
}

// never says that w is the zero WebSocket, or none at all: nothing has dialled it. It is a closed one.
func (w *WebSocket) never() bool { return w == nil || w.e == nil }

// Easy is the handle of the connection, for Info and Headers.
func (w *WebSocket) Easy() *Easy {
	if w == nil {
		return nil
	}
	return w.e
}

// SetReadLimit changes the size of the largest message that Read takes; 0 or less is no limit. A larger one ends the connection
// with ErrMessageTooBig. What is read through Reader is not limited.
func (w *WebSocket) SetReadLimit(n int64) {
	if !w.never() {
		w.limit.Store(max(n, 0))
	}
}

// Subprotocol is the one that the server has chosen of those in the request, "" if none.
func (w *WebSocket) Subprotocol() string {
	fields, _ := w.Easy().Headers(FromHeader | FromInterim) // with status 101
	for _, f := range fields {
		if strings.EqualFold(f.Name, "Sec-WebSocket-Protocol") {
			return f.Value
		}
	}
	return ""
}

// Ping sends a ping and waits for its answer, which arrives while some goroutine is in Read.
func (w *WebSocket) Ping(ctx context.Context) error {
	if w.never() {
		return w.waits(state.WSSend, "Ping")
	}
	data := rand.Text()[:8]
	answered := make(chan struct{})
	w.mu.Lock()
	w.pings[data] = answered
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.pings, data)
	}()
	if err := w.send(ctx, "Ping", opt.FramePing, []byte(data)); err != nil {
		return err
	}
	select {
	case <-answered:
		return nil
	case <-w.ended:
		return w.why()
	case <-w.gone:
		return w.waits(state.WSRecv, "Ping")
	case <-ctx.Done():
		return ended("Ping", whyDone(ctx))
	}
}

// take waits for a turn.
func take(ctx context.Context, op string, turn chan struct{}) error {
	return takeUnless(ctx, op, turn, nil, func() error { return nil })
}

// takeUnless is take where the wait for a turn may be in vain: because of what why says beforehand, and once gone is closed.
func takeUnless(ctx context.Context, op string, turn chan struct{}, gone <-chan struct{}, why func() error) error {
	if ctx == nil {
		return ended(op, errNilContext)
	}
	select { // a turn that is free is taken even when ctx has ended: the call finds that out, after what has priority
	case <-turn:
		return nil
	default:
	}
	if err := why(); err != nil {
		return err
	}
	select {
	case <-turn:
		return nil
	case <-gone:
		return why()
	case <-ctx.Done():
		return ended(op, whyDone(ctx))
	}
}

func give(turn chan struct{}) { turn <- struct{}{} }
