package curl

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A Reset that a callback asks for comes when the transfer is over. Another goroutine could take the member out and have it
// begin anew before that; the reset then came in the middle of the new transfer, and waited for itself.
func TestAResetNeverComesInTheMiddleOfTheNextTransfer(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m, err := NewMulti()
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	e := handleAt(t, s.URL("/hang"))
	if err := m.Add(e); err != nil {
		t.Fatal(err)
	}
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
	for msg := range m.Messages() {
		if !errors.Is(msg.Err, ErrCancelled) {
			t.Errorf("the transfer ended with %v", msg.Err)
		}
	}
	if err := m.Remove(e); err != nil {
		t.Fatal(err)
	}
	if err := e.Perform(t.Context()); err == nil || !strings.Contains(err.Error(), "URL_MALFORMAT") {
		t.Errorf("after the reset: %v", err)
	}
}

// Whoever learns from its message that a transfer is over finds the handle at rest, also with a Reset from its callback: what
// was set after the message was lost when the reset came later.
func TestAMessageComesAfterTheReset(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m, err := NewMulti()
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	e := handleAt(t, s.URL("/"))
	if err := e.Set(opt.WriteFunction(func([]byte) error { return e.Reset() })); err != nil {
		t.Fatal(err)
	}
	if err := m.Add(e); err != nil {
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
			if err := e.Set(opt.URL(s.URL("/"))); err != nil {
				t.Errorf("Set after the message: %v", err)
			}
			return
		}
	}()
	for running := 1; running > 0; {
		if running, err = m.Perform(); err != nil {
			t.Fatal(err)
		}
		runtime.Gosched()
	}
	<-over
	if err := m.Remove(e); err != nil {
		t.Fatal(err)
	}
	fetches(t, e, "hello\n")
}
