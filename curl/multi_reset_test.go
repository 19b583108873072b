package curl

import (
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// memberAt makes a Multi with one member, whose transfer has not begun.
func memberAt(t *testing.T, url string, options ...opt.Option) (*Multi, *Easy) {
	t.Helper()
	if err := loader.Ensure(); err != nil {
		t.Skip("there is no libcurl: ", err)
	}
	m, err := NewMulti()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	e := handleAt(t, url, options...)
	if err := m.Add(e); err != nil {
		t.Fatal(err)
	}
	return m, e
}

// performAll drives the transfers of all members to their ends.
func performAll(t *testing.T, m *Multi) {
	t.Helper()
	for {
		running, err := m.Perform()
		if err != nil {
			t.Fatal(err)
		}
		if running == 0 {
			return
		}
		if _, err := m.Poll(t.Context(), time.Second); err != nil {
			t.Fatal(err)
		}
	}
}

// A Reset that a callback asks for comes when the transfer is over. Another goroutine could take the member out and have it
// begin anew before that; the reset then came in the middle of the new transfer, and waited for itself.
func TestAResetNeverComesInTheMiddleOfTheNextTransfer(t *testing.T) {
	m, e := memberAt(t, testserver.NewHTTP(t, testserver.HTTPConfig{}).URL("/hang"))
	if _, err := m.Perform(); err != nil {
		t.Fatal(err)
	}
	e.h.mu.Lock()
	e.h.reset = true
	if err := e.settle(); err != nil {
		t.Fatal(err)
	}
	if err := e.Cancel(); err != nil {
		t.Fatal(err)
	}
	if msg, ok := m.InfoRead(); !ok || !errors.Is(msg.Err, ErrCancelled) {
		t.Errorf("the transfer ended with %v, told: %v", msg.Err, ok)
	}
	if err := m.Remove(e); err != nil {
		t.Fatal(err)
	}
	if err := e.Perform(t.Context()); !errors.Is(err, codes.URLMalformed) {
		t.Errorf("after the reset: %v", err)
	}
}

// Whoever learns from its message that a transfer is over finds the handle at rest, also with a Reset from its callback: what
// was set after the message was lost when the reset came later.
func TestAMessageComesAfterTheReset(t *testing.T) {
	url := testserver.NewHTTP(t, testserver.HTTPConfig{}).URL("/")
	m, e := memberAt(t, url)
	if err := e.Set(opt.WriteFunction(func([]byte) error { return e.Reset() })); err != nil {
		t.Fatal(err)
	}
	over := make(chan struct{})
	go func() { // another goroutine than the one that drives
		defer close(over)
		for {
			msg, ok := m.InfoRead()
			if !ok {
				runtime.Gosched()
				continue
			}
			if msg.Err != nil {
				t.Error(msg.Err)
			}
			if err := e.Set(opt.URL(url)); err != nil {
				t.Errorf("Set after the message: %v", err)
			}
			return
		}
	}()
	performAll(t, m)
	<-over
	if err := m.Remove(e); err != nil {
		t.Fatal(err)
	}
	fetches(t, e, "hello\n")
}

// A Reset inside a callback of Send ends the connection of a member that is connect-only, when Send has returned.
func TestAResetInsideSendEndsTheConnection(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true})
	reset := errors.New("not called")
	sending := false
	m, e := memberAt(t, s.URL("/"), opt.CAInfo(s.CAFile(t)), opt.ConnectOnly(opt.ConnectOnlyTransport), opt.Verbose(true))
	if err := e.Set(opt.DebugFunction(func(opt.DebugKind, []byte) {
		if sending {
			sending = false
			reset = e.Reset()
		}
	})); err != nil {
		t.Fatal(err)
	}
	performAll(t, m)
	if msg, _ := m.InfoRead(); msg.Err != nil {
		t.Fatal(msg.Err)
	}
	sending = true
	if _, err := e.Send(t.Context(), []byte("GET / HTTP/1.1\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	if sending {
		t.Skip("the TLS library does not tell the debug function of what is sent")
	}
	if reset != nil {
		t.Fatal(reset)
	}
	e.h.mu.Lock()
	st, pending := e.h.st, e.h.reset
	e.h.mu.Unlock()
	if st != state.Done || pending {
		t.Errorf("after Send it is %v, with the reset still to come: %v", st, pending)
	}
	if err := m.Remove(e); err != nil {
		t.Fatal(err)
	}
	if err := e.Perform(t.Context()); !errors.Is(err, codes.URLMalformed) {
		t.Errorf("after the reset: %v", err)
	}
}
