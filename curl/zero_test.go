package curl_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A zero Easy used to end in a nil dereference, and so did some calls on none at all.
func TestZeroEasyIsClosed(t *testing.T) {
	for _, e := range []*curl.Easy{{}, nil} {
		calls := map[string]func() error{
			"Set":          func() error { return e.Set(opt.Verbose(false)) },
			"Unset":        func() error { return e.Unset(opt.IDVerbose) },
			"SetCookies":   func() error { return e.SetCookies(&http.Cookie{Name: "a", Domain: "b"}) },
			"SetMIME":      func() error { return e.SetMIME(nil) },
			"SetURL":       func() error { return e.SetURL(nil) },
			"Input":        func() error { return e.Input(nil) },
			"Perform":      func() error { return e.Perform(t.Context()) },
			"Fetch":        func() error { _, err := e.Fetch(t.Context()); return err },
			"Open":         func() error { _, err := e.Open(t.Context()); return err },
			"Clone":        func() error { _, err := e.Clone(); return err },
			"Info":         func() error { _, err := curl.Info(e, info.ResponseCode); return err },
			"Pause":        func() error { return e.Pause(curl.Receiving) },
			"Resume":       func() error { return e.Resume(curl.Receiving) },
			"Reset":        e.Reset,
			"Upkeep":       e.Upkeep,
			"Send":         func() error { _, err := e.Send(t.Context(), []byte("x")); return err },
			"Recv":         func() error { _, err := e.Recv(t.Context(), make([]byte, 1)); return err },
			"Cancel":       e.Cancel,
			"Conn":         func() error { _, err := e.Conn(); return err },
			"WSSend":       func() error { _, err := e.WSSend(t.Context(), []byte("x"), opt.FrameText, 0); return err },
			"WSRecv":       func() error { _, _, err := e.WSRecv(t.Context(), make([]byte, 1)); return err },
			"WSMeta":       func() error { _, err := e.WSMeta(); return err },
			"WSStartFrame": func() error { return e.WSStartFrame(opt.FrameText, 1) },
			"WebSocket":    func() error { _, err := e.WebSocket(t.Context()); return err },
		}
		areClosed(t, calls)
		if err := e.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
		<-e.Done()
	}
}

// areClosed checks that each call is refused because what it is made on is closed.
func areClosed(t *testing.T, calls map[string]func() error) {
	t.Helper()
	for name, call := range calls {
		if err := call(); !errors.Is(err, curl.ErrClosed) {
			t.Errorf("%s: %v, want %v", name, err, curl.ErrClosed)
		}
	}
}

// A zero WebSocket used to wait for its turn until the context ended.
func TestZeroWebSocketIsClosed(t *testing.T) {
	for _, w := range []*curl.WebSocket{{}, nil} {
		areClosed(t, map[string]func() error{
			"Read":     func() error { _, _, err := w.Read(t.Context()); return err },
			"Reader":   func() error { _, _, err := w.Reader(t.Context()); return err },
			"Write":    func() error { return w.Write(t.Context(), curl.TextMessage, nil) },
			"Writer":   func() error { _, err := w.Writer(t.Context(), curl.TextMessage); return err },
			"Ping":     func() error { return w.Ping(t.Context()) },
			"Shutdown": func() error { return w.Shutdown(t.Context(), curl.CloseNormal, "") },
		})
		w.SetReadLimit(1)
		if err := w.Close(); err != nil || w.Easy() != nil || w.Subprotocol() != "" {
			t.Errorf("Close: %v, Easy %v, Subprotocol %q", err, w.Easy(), w.Subprotocol())
		}
	}
}

// A zero Conn used to wait for ever in Write.
func TestZeroConnIsClosed(t *testing.T) {
	for _, c := range []*curl.Conn{{}, nil} {
		for name, call := range map[string]func() error{
			"Read":        func() error { _, err := c.Read(make([]byte, 1)); return err },
			"Write":       func() error { _, err := c.Write([]byte("x")); return err },
			"SetDeadline": func() error { return c.SetDeadline(time.Now()) },
		} {
			if err := call(); !errors.Is(err, net.ErrClosed) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := c.Close(); err != nil || c.Easy() != nil || c.LocalAddr() != nil || c.RemoteAddr() != nil {
			t.Errorf("Close: %v, Easy %v, from %v to %v", err, c.Easy(), c.LocalAddr(), c.RemoteAddr())
		}
	}
}

// A zero Body used to end in a nil dereference.
func TestZeroBodyIsClosed(t *testing.T) {
	for _, b := range []*curl.Body{{}, nil} {
		if _, err := b.Read(make([]byte, 1)); !errors.Is(err, curl.ErrBodyClosed) {
			t.Errorf("Read: %v", err)
		}
		if _, err := b.WriteTo(io.Discard); !errors.Is(err, curl.ErrBodyClosed) {
			t.Errorf("WriteTo: %v", err)
		}
		if err := b.Close(); err != nil || b.Easy() != nil {
			t.Errorf("Close: %v, Easy %v", err, b.Easy())
		}
	}
}

// Calls on no Multi, Engine or Share used to end in a nil dereference; the zero ones were closed.
func TestNoMultiEngineAndShareAreClosed(t *testing.T) {
	var m *curl.Multi
	areClosed(t, map[string]func() error{
		"Set":          func() error { return m.Set(multiopt.MaxConnects(1)) },
		"Unset":        func() error { return m.Unset(multiopt.IDMaxConnects) },
		"Add":          func() error { return m.Add(newHandle(t)) },
		"Remove":       func() error { return m.Remove(newHandle(t)) },
		"Perform":      func() error { _, err := m.Perform(); return err },
		"Poll":         func() error { _, err := m.Poll(t.Context(), -1); return err },
		"SocketAction": func() error { _, err := m.SocketAction(curl.SocketTimeout, 0); return err },
		"Timeout":      func() error { _, _, err := m.Timeout(); return err },
		"Count":        func() error { _, err := m.Count(multiopt.TransfersAdded); return err },
		"Assign":       func() error { return m.Assign(1, 1) },
		"Wakeup":       m.Wakeup,
	})
	if _, ok := m.InfoRead(); ok || len(m.Handles()) != 0 || m.Close() != nil {
		t.Error("no Multi has messages or members, or cannot be closed")
	}
	var g *curl.Engine
	if err := g.Attach(newHandle(t)); !errors.Is(err, curl.ErrEngineClosed) {
		t.Errorf("Engine.Attach: %v", err)
	}
	if err := g.Detach(newHandle(t)); !errors.Is(err, curl.ErrNotAttached) {
		t.Errorf("Engine.Detach: %v", err)
	}
	var s *curl.Share
	var c *curl.ConfinedShare
	areClosed(t, map[string]func() error{
		"Share.Attach": func() error { return s.Attach(newHandle(t)) }, "ConfinedShare.Attach": func() error { return c.Attach(newHandle(t)) },
	})
	<-s.Done()
	<-c.Done()
	if err := errors.Join(g.Close(t.Context()), s.Close(), c.Close()); err != nil {
		t.Errorf("Close: %v", err)
	}
}
