package curl_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// noContext is what a program passes that has forgotten to make one.
var noContext context.Context

// saysNoContext checks that each call returns at once with an error that says so.
func saysNoContext(t *testing.T, code error, calls map[string]func() error) {
	t.Helper()
	for name, call := range calls {
		if err := call(); !errors.Is(err, code) || !strings.Contains(err.Error(), "the context is nil") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Send and Recv used to end in a nil dereference.
func TestNilContextIsAnErrorOfEveryCallThatWaits(t *testing.T) {
	t.Parallel()
	h := connected(t, "http://"+testserver.NewScript(t, testserver.Script{testserver.Drain()}).Addr())
	saysNoContext(t, codes.BadFunctionArgument, map[string]func() error{
		"Send":    func() error { _, err := h.Send(noContext, []byte("x")); return err },
		"Recv":    func() error { _, err := h.Recv(noContext, make([]byte, 1)); return err },
		"Perform": func() error { return h.Perform(noContext) },
		"Fetch":   func() error { _, err := h.Fetch(noContext); return err },
		"Open":    func() error { _, err := h.Open(noContext); return err },
		"Dial":    func() error { _, err := curl.Dial(noContext, "http://127.0.0.1/"); return err },
	})
	if _, err := h.Send(t.Context(), []byte("x")); err != nil {
		t.Errorf("the connection is lost: %v", err)
	}
}

func TestNilContextIsAnErrorOfEveryCallOfAWebSocket(t *testing.T) {
	t.Parallel()
	if !framing(t) {
		return
	}
	s := echoingWS(t, testserver.WebSocketConfig{})
	h := upgraded(t, s)
	w := socketTo(t, s)
	saysNoContext(t, codes.BadFunctionArgument, map[string]func() error{
		"WSSend":        func() error { _, err := h.WSSend(noContext, []byte("x"), opt.FrameText, 0); return err },
		"WSRecv":        func() error { _, _, err := h.WSRecv(noContext, make([]byte, 1)); return err },
		"DialWebSocket": func() error { _, err := curl.DialWebSocket(noContext, s.URL("/")); return err },
		"Read":          func() error { _, _, err := w.Read(noContext); return err },
		"Reader":        func() error { _, _, err := w.Reader(noContext); return err },
		"Write":         func() error { return w.Write(noContext, curl.TextMessage, nil) },
		"Writer":        func() error { _, err := w.Writer(noContext, curl.TextMessage); return err },
		"Ping":          func() error { return w.Ping(noContext) },
		"Shutdown":      func() error { return w.Shutdown(noContext, curl.CloseNormal, "") },
	})
	writes(t, w, curl.TextMessage, "it goes on")
	reads(t, w, curl.TextMessage, "it goes on")
}

func TestNilContextIsAnErrorOfMultiPoll(t *testing.T) {
	t.Parallel()
	m := newMulti(t)
	saysNoContext(t, codes.MultiBadFunctionArgument, map[string]func() error{
		"Poll": func() error { _, err := m.Poll(noContext, -1); return err },
		"Wait": func() error { _, err := m.Wait(noContext, -1); return err },
	})
}

func TestNilContextIsAnErrorOfEngineClose(t *testing.T) {
	t.Parallel()
	g := newEngine(t, curl.EngineConfig{})
	saysNoContext(t, codes.BadFunctionArgument, map[string]func() error{"Close": func() error { return g.Close(noContext) }})
	if err := g.Attach(newHandle(t)); err != nil {
		t.Errorf("it is closed all the same: %v", err)
	}
}
