package curl_test

import (
	"context"
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
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

// TestMultiPanicEndsOneTransfer and is raised by the call that drives it, once.
func TestMultiPanicEndsOneTransfer(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	value := errors.New("bang")
	bad := stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error { explode(value); return nil }))
	good := stateEasy(t, opt.URL(s.URL("/slow?gate=panics")))
	addAll(t, m, bad, good)
	var got any
	for got == nil {
		got = raised(func() { step(t, m); rest(t, m) })
	}
	wantPanic(t, got, value)
	msg, ok := m.InfoRead()
	var p *curl.CallbackPanic
	if !ok || msg.Easy != bad || !errors.As(msg.Err, &p) || !errors.Is(msg.Err, value) {
		t.Errorf("message %v, %v", msg, ok)
	}
	s.Gate("panics").Open()
	if messages := runAll(t, m); len(messages) != 1 || messages[0].Easy != good || messages[0].Err != nil {
		t.Errorf("the other transfer: %v", messages)
	}
}

// TestMultiDebugPanicEndsTheTransfer, although libcurl does not listen to what that function says.
func TestMultiDebugPanicEndsTheTransfer(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	value := errors.New("bang")
	h := stateEasy(t, opt.URL(s.URL("/hang?gate=debugpanic")), opt.Verbose(true),
		opt.DebugFunction(func(opt.DebugKind, []byte) { explode(value) }))
	wantPanic(t, raised(func() {
		addAll(t, m, h)
		for {
			step(t, m)
		}
	}), value)
	if msg, ok := m.InfoRead(); !ok || !errors.Is(msg.Err, value) {
		t.Errorf("message %v, %v", msg, ok)
	}
}

// TestMultiGoexitAbandonsIt: every member in flight ends with a typed error, and all calls answer.
func TestMultiGoexitAbandonsIt(t *testing.T) {
	leaky(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	other := waitingMember(t, s, m, "goexit")
	h := stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error { return goexit() }))
	resting := stateEasy(t, opt.URL(s.URL("/")))
	over := stateEasy(t, opt.URL("http://"))
	addAll(t, m, over)
	runUntil(t, m, "the end of one", func() bool { n, _ := m.Count(multiopt.TransfersDone); return n == 1 })
	addAll(t, m, h)
	exits(t, func() {
		for {
			if _, err := m.Perform(); err != nil {
				t.Errorf("Perform: %v", err)
			}
			if _, err := m.Poll(context.Background(), -1); err != nil {
				t.Errorf("Poll: %v", err)
			}
		}
	})
	wantAbandoned(t, h)
	wantAbandoned(t, other)
	if err := m.Add(resting); !errors.Is(err, curl.ErrAbandoned) {
		t.Errorf("Add: %v", err)
	}
	if _, err := m.Perform(); !errors.Is(err, curl.ErrAbandoned) {
		t.Errorf("Perform: %v", err)
	}
	ends := map[*curl.Easy]error{}
	for msg := range m.Messages() {
		ends[msg.Easy] = msg.Err
	}
	if len(ends) != 3 || !errors.Is(ends[h], curl.ErrAbandoned) || !errors.Is(ends[other], curl.ErrAbandoned) || !errors.Is(ends[over], codes.URLMalformed) {
		t.Errorf("messages %v", ends)
	}
	m.Close()
	setAll(t, over, opt.URL(s.URL("/")))
	perform(t, over)
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

// TestMultiDroppedIsReportedAndReaped together with its members, whose callbacks refer to it.
func TestMultiDroppedIsReportedAndReaped(t *testing.T) {
	warmUp(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	kept := stateEasy(t, opt.URL(s.URL("/slow?gate=dropped")))
	drops, files := countDrops(t), testserver.OpenFiles()
	func() {
		m, err := curl.NewMulti()
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, route := range []string{"/", "/slow?gate=dropped"} {
			h, err := curl.New(opt.URL(s.URL(route)), opt.NoProxy("*"))
			if err != nil {
				t.Fatal(err)
			}
			setAll(t, h, opt.WriteFunction(func(p []byte) error { got += len(p); m.Handles(); return nil }))
			addAll(t, m, h)
		}
		addAll(t, m, kept)
		runUntil(t, m, "some bytes", func() bool { return got >= 7 })
	}()
	reached(t, "three warnings", func() bool { return drops.n.Load() == 3 })
	reached(t, "as few descriptors as before", func() bool { return testserver.OpenFiles() <= files })
	s.Gate("dropped").Open()
	reached(t, "the member that was not dropped is free", func() bool { return kept.Set(opt.UserAgent("x")) == nil })
	if got, err := kept.Fetch(t.Context()); err != nil || string(got) != "12" {
		t.Errorf("the member that was not dropped: %q, %v", got, err)
	}
}
