package curl_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// nameThemselves checks that each call is refused in its own name; what is before a dot tells the types apart.
func nameThemselves(t *testing.T, calls map[string]func() error) {
	t.Helper()
	for name, call := range calls {
		_, method, dotted := strings.Cut(name, ".")
		if !dotted {
			method = name
		}
		err := call()
		if errors.Is(err, curl.ErrUnsupported) {
			continue
		}
		var refused *curl.StateError
		if !errors.As(err, &refused) || refused.Op != method {
			t.Errorf("%s: %v, of %+v", name, err, refused)
		}
	}
}

// Refusals used to name what the method that was called is made of: a Read of a Conn said Recv, URL.Parse said Set.
func TestRefusalsNameTheMethodThatWasCalled(t *testing.T) {
	url, ctx := testserver.NewHTTP(t, testserver.HTTPConfig{}).URL("/bytes/10"), bounded(t)
	h := newHandle(t, opt.URL(url), opt.ConnectOnly(opt.ConnectOnlyTransport))
	if _, err := h.Conn(); err == nil {
		t.Error("a connection without a transfer")
	}
	nameThemselves(t, map[string]func() error{"Conn": func() error { _, err := h.Conn(); return err }})
	perform(t, h)
	c, err := h.Conn()
	if err != nil {
		t.Fatal(err)
	}
	h.Close()
	nameThemselves(t, map[string]func() error{
		"Fetch":             func() error { _, err := h.Fetch(ctx); return err },
		"Unset":             func() error { return h.Unset(opt.IDVerbose) },
		"SetMIME":           func() error { return h.SetMIME(nil) },
		"SetURL":            func() error { return h.SetURL(nil) },
		"SetCookies":        func() error { return h.SetCookies(&http.Cookie{Name: "a", Domain: "b"}) },
		"Cookies":           func() error { _, err := h.Cookies(); return err },
		"Certificates":      func() error { _, err := h.Certificates(); return err },
		"Info":              func() error { _, err := curl.Info(h, info.TLSPointer); return err },
		"Input":             func() error { return h.Input(strings.NewReader("x")) },
		"Headers":           func() error { _, err := h.Headers(curl.FromHeader); return err },
		"HeadersOf":         func() error { _, err := h.HeadersOf(0, curl.FromHeader); return err },
		"EachHeader":        func() error { _, err := h.EachHeader(curl.FromHeader); return err },
		"Header":            func() error { _, err := h.Header("a", curl.FromHeader); return err },
		"HeaderOf":          func() error { _, err := h.HeaderOf(0, "a", 0, curl.FromHeader); return err },
		"ExportTLSSessions": func() error { _, err := h.ExportTLSSessions(); return err },
		"ImportTLSSessions": func() error { return h.ImportTLSSessions() },
		"WebSocket":         func() error { _, err := h.WebSocket(ctx); return err },
		"Conn":              func() error { _, err := h.Conn(); return err },
		"Conn.Read":         func() error { _, err := c.Read(make([]byte, 1)); return err },
		"Conn.Write":        func() error { _, err := c.Write([]byte("x")); return err },
	})
	w := new(curl.WebSocket)
	nameThemselves(t, map[string]func() error{
		"Read":     func() error { _, _, err := w.Read(ctx); return err },
		"Reader":   func() error { _, _, err := w.Reader(ctx); return err },
		"Write":    func() error { return w.Write(ctx, curl.TextMessage, nil) },
		"Writer":   func() error { _, err := w.Writer(ctx, curl.TextMessage); return err },
		"Ping":     func() error { return w.Ping(ctx) },
		"Shutdown": func() error { return w.Shutdown(ctx, curl.CloseNormal, "") },
	})
	u := new(curl.URL)
	nameThemselves(t, map[string]func() error{
		"Get":    func() error { _, err := u.Get(curl.PartHost); return err },
		"Set":    func() error { return u.Set(curl.PartHost, "h") },
		"Unset":  func() error { return u.Unset(curl.PartHost) },
		"Parse":  func() error { return u.Parse("http://h/") },
		"Clone":  func() error { _, err := u.Clone(); return err },
		"NetURL": func() error { _, err := u.NetURL(); return err },
	})
}

// Those of a call on a body and on a URL in use as well.
func TestRefusalsOfABodyInUseNameTheMethodThatWasCalled(t *testing.T) {
	u := parsed(t, testserver.NewHTTP(t, testserver.HTTPConfig{}).URL("/bytes/10"))
	h := newHandle(t)
	if err := h.SetURL(u); err != nil {
		t.Fatal(err)
	}
	b, err := h.Open(bounded(t))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	nameThemselves(t, map[string]func() error{
		"URL.Set":   func() error { return u.Set(curl.PartHost, "h") },
		"URL.Unset": func() error { return u.Unset(curl.PartHost) },
		"URL.Parse": func() error { return u.Parse("http://h/") },
		"URL.Close": u.Close,
	})
	_, err = b.WriteTo(writerFunc(func(p []byte) (int, error) {
		nameThemselves(t, map[string]func() error{
			"Read":    func() error { _, err := b.Read(p); return err },
			"WriteTo": func() error { _, err := b.WriteTo(io.Discard); return err },
		})
		return len(p), nil
	}))
	if err != nil {
		t.Error(err)
	}
}

// A closed Multi said that a handle is closed, and one that is driven that a handle is busy.
func TestRefusalsOfAMultiSpeakOfTheMulti(t *testing.T) {
	m := newMulti(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := newHandle(t, opt.URL(s.URL("/bytes/10")), opt.WriteFunction(func([]byte) error {
		done := make(chan error)
		go func() { done <- m.Set(multiopt.MaxConnects(1)) }()
		if err := <-done; !errors.Is(err, curl.ErrBusy) || !strings.Contains(err.Error(), "Multi.Set: the Multi is busy") {
			t.Errorf("while another goroutine drives it: %v", err)
		}
		return nil
	}))
	addAll(t, m, h)
	runAll(t, m)
	m.Close()
	for name, call := range map[string]func() error{
		"Perform": func() error { _, err := m.Perform(); return err },
		"Add":     func() error { return m.Add(h) },
		"Wakeup":  m.Wakeup,
	} {
		if err := call(); !errors.Is(err, curl.ErrClosed) || !strings.Contains(err.Error(), "Multi."+name+": the Multi is closed") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
