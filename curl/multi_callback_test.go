package curl_test

import (
	"context"
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestMultiMembersComeAndGoInCallbacks: libcurl refuses both there; ours come into effect when the callback has returned.
func TestMultiMembersComeAndGoInCallbacks(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	body, late := "", ""
	added := stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func(p []byte) error { late += string(p); return nil }))
	gone := stateEasy(t, opt.URL(s.URL("/slow?gate=comeandgo")))
	var h *curl.Easy
	h = stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func(p []byte) error {
		body += string(p)
		if err := m.Add(added); err != nil {
			t.Errorf("Add: %v", err)
		}
		if err := m.Remove(gone); err != nil {
			t.Errorf("Remove: %v", err)
		}
		if err := gone.Set(opt.UserAgent("x")); !errors.Is(err, curl.ErrBusy) { // until the callback has returned
			t.Errorf("Set of what was removed: %v", err)
		}
		_, err := m.Perform()
		if !errors.Is(err, curl.ErrInCallback) {
			t.Errorf("Perform: %v", err)
		}
		if _, err := m.Poll(context.Background(), -1); !errors.Is(err, curl.ErrInCallback) {
			t.Errorf("Poll: %v", err)
		}
		if _, err := curl.Info(h, info.ResponseCode); err != nil {
			t.Errorf("Info: %v", err)
		}
		return nil
	}))
	addAll(t, m, gone, h)
	messages := runAll(t, m)
	if len(messages) != 2 || body != "hello\n" || late != "hello\n" {
		t.Errorf("messages %v, bodies %q and %q", messages, body, late)
	}
	s.Gate("comeandgo").Open()
	if got, err := gone.Fetch(t.Context()); err != nil || string(got) != "12" {
		t.Errorf("what was removed: %q, %v", got, err)
	}
}

// TestMultiMemberRemovesItself: its own callback ends its transfer, without a message, and the handle can go on alone.
func TestMultiMemberRemovesItself(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	calls := 0
	var h *curl.Easy
	h = stateEasy(t, opt.URL(s.URL("/bytes/100000")), opt.WriteFunction(func([]byte) error {
		if calls++; calls == 1 {
			return m.Remove(h)
		}
		return nil
	}))
	addAll(t, m, h)
	if messages := runAll(t, m); len(messages) != 0 {
		t.Errorf("messages %v", messages)
	}
	calls = 1
	perform(t, h)
}

// TestMultiAnswersBesideACallback of a member that another goroutine drives: what can be accepted is, and comes into effect
// when the callback has returned; the rest is refused.
func TestMultiAnswersBesideACallback(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	inside, done := make(chan struct{}), make(chan struct{})
	first := true
	h := stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error {
		if first {
			first = false
			close(inside)
			<-done
		}
		return nil
	}))
	other := waitingMember(t, s, m, "beside")
	closed := waitingMember(t, s, m, "beside")
	late := stateEasy(t, opt.URL(s.URL("/")))
	addAll(t, m, h)
	ended := make(chan []curl.Message, 1)
	go func() { ended <- runAll(t, m) }()
	awaited(t, "the callback", inside)
	promptly(t, "the calls", func() {
		for name, call := range map[string]func() error{
			"Add":      func() error { return m.Add(late) },
			"Cancel":   func() error { return other.Cancel() },
			"Pause":    func() error { return other.Pause(curl.Receiving) },
			"Close":    func() error { return closed.Close() },
			"Info":     func() error { _, err := curl.Info(h, info.ResponseCode); return err },
			"Messages": func() error { m.InfoRead(); return nil },
			"Handles":  func() error { m.Handles(); return nil },
			"Wakeup":   func() error { return m.Wakeup() },
			"Perform":  func() error { _, err := m.Perform(); return wantIs(err, curl.ErrBusy) },
			"Set":      func() error { return wantIs(m.Set(), curl.ErrBusy) },
		} {
			if err := call(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := m.Poll(ctx, -1); !errors.Is(err, context.Canceled) {
			t.Errorf("Poll: %v", err)
		}
	})
	close(done)
	awaited(t, "Done", closed.Done())
	got := map[*curl.Easy]error{}
	for _, msg := range awaited(t, "the end", ended) {
		got[msg.Easy] = msg.Err
	}
	if len(got) != 3 || got[h] != nil || got[late] != nil || !errors.Is(got[other], curl.ErrCancelled) {
		t.Errorf("messages %v", got)
	}
}
