package curl_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

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

// TestMultiGoexitInItsOwnFunctions: in the timer function, which Add calls, and in the function that decides about a push.
func TestMultiGoexitInItsOwnFunctions(t *testing.T) {
	leaky(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	t.Run("timer", func(t *testing.T) {
		m := newMulti(t, multiopt.TimerFunction(func(time.Duration) error { return goexit() }))
		h := stateEasy(t, opt.URL(s.URL("/")))
		exits(t, func() { m.Add(h) })
		wantAbandoned(t, h)
		if _, err := m.Perform(); !errors.Is(err, curl.ErrAbandoned) {
			t.Errorf("Perform: %v", err)
		}
	})
	t.Run("push", func(t *testing.T) {
		var stream *curl.Easy
		m, h := pushing(t, func(p multiopt.Push) multiopt.PushVerdict {
			stream = p.Stream.(*curl.Easy)
			runtime.Goexit()
			return multiopt.PushAccept
		})
		addAll(t, m, h)
		exits(t, func() {
			for {
				m.Perform()
				m.Poll(context.Background(), -1)
			}
		})
		wantAbandoned(t, h)
		wantAbandoned(t, stream)
	})
}
