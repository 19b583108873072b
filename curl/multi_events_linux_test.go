package curl_test

import (
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestMultiByEvents(t *testing.T) {
	skipBrokenEvents(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	l := newEventLoop(t)
	// On loopback an answer can be there before libcurl has anything to tell about its socket.
	l.onSocket = func(multiopt.Socket) error { s.Gate("").Open(); return nil }
	for range 2 {
		var handles []*curl.Easy
		for range 10 {
			h := stateEasy(t, opt.URL(s.URL("/hang")))
			handles = append(handles, h)
			addAll(t, l.m, h)
		}
		if err := handles[0].Set(opt.UserAgent("late")); !errors.Is(err, curl.ErrBusy) {
			t.Errorf("Add with a timer function does not start the transfer: %v", err)
		}
		messages := l.run(t)
		if len(messages) != len(handles) {
			t.Errorf("%d messages", len(messages))
		}
		for _, msg := range messages {
			if msg.Err != nil {
				t.Error(msg.Err)
			}
		}
		for _, h := range handles {
			if err := l.m.Remove(h); err != nil {
				t.Error(err)
			}
		}
	}
	named := 0
	for _, s := range l.seen {
		if _, ok := s.Handle.(*curl.Easy); ok {
			named++
		} else if s.Handle != nil {
			t.Errorf("a handle of type %T", s.Handle)
		}
	}
	if named == 0 || l.calls == 0 {
		t.Errorf("%d socket calls with a handle, %d timer calls", named, l.calls)
	}
	l.m.Close()
	if len(l.sockets) != 0 {
		t.Errorf("after Close sockets are left: %v", l.sockets)
	}
}

// TestMultiAssign: the value comes with the socket, also when it was assigned in the socket function, until it goes.
func TestMultiAssign(t *testing.T) {
	skipBrokenEvents(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	l := newEventLoop(t)
	if err := l.m.Assign(1000, "x"); !errors.Is(err, codes.MultiBadSocket) {
		t.Errorf("an unknown socket: %v", err)
	}
	first := map[uintptr]bool{}
	l.onSocket = func(s multiopt.Socket) error {
		switch {
		case s.Interest == multiopt.PollRemove:
			if first[s.FD] && s.Value != s.FD {
				t.Errorf("removed with value %v", s.Value)
			}
			delete(first, s.FD)
		case !first[s.FD]:
			first[s.FD] = true
			if s.Value != nil {
				t.Errorf("a new socket has value %v", s.Value)
			}
			return l.m.Assign(s.FD, s.FD)
		case s.Value != s.FD:
			t.Errorf("socket %d has value %v", s.FD, s.Value)
		}
		return nil
	}
	for range 3 {
		h := stateEasy(t, opt.URL(s.URL("/bytes/100000")), opt.FreshConnect(true), opt.ForbidReuse(true))
		addAll(t, l.m, h)
	}
	l.run(t)
	if len(l.seen) < 6 {
		t.Errorf("only %d socket calls", len(l.seen))
	}
}

// TestMultiPauseIsRefusedInEventCallbacks, as the state table says; the rest of the row is walked elsewhere.
func TestMultiPauseIsRefusedInEventCallbacks(t *testing.T) {
	skipBrokenEvents(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	l := newEventLoop(t)
	h := stateEasy(t, opt.URL(s.URL("/hang")))
	sockets, timers := 0, 0
	l.onSocket = func(multiopt.Socket) error {
		if err := h.Pause(curl.Receiving); sockets == 0 && !errors.Is(err, curl.ErrInCallback) {
			t.Errorf("Pause in the socket function: %v", err)
		}
		sockets++
		s.Gate("").Open() // no answer comes before
		return nil
	}
	l.onTimer = func(time.Duration) error {
		if err := h.Resume(curl.Receiving); timers == 0 && !errors.Is(err, curl.ErrInCallback) {
			t.Errorf("Resume in the timer function: %v", err)
		}
		timers++
		return nil
	}
	addAll(t, l.m, h)
	messages := l.run(t)
	if sockets == 0 || timers == 0 {
		t.Errorf("%d socket calls, %d timer calls, messages %v", sockets, timers, messages)
	}
}

// TestMultiFunctionErrorsEndTransfers on every libcurl; the multi works again afterwards.
func TestMultiFunctionErrorsEndTransfers(t *testing.T) {
	skipBrokenEvents(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	mine := errors.New("mine")
	for name, arm := range map[string]func(l *eventLoop, fail func() error){
		"socket": func(l *eventLoop, fail func() error) { l.onSocket = func(multiopt.Socket) error { return fail() } },
		"timer":  func(l *eventLoop, fail func() error) { l.onTimer = func(time.Duration) error { return fail() } },
	} {
		for how, fail := range map[string]func() error{
			"error": func() error { return mine },
			"panic": func() error { panic(mine) },
		} {
			t.Run(name+" "+how, func(t *testing.T) {
				l := newEventLoop(t)
				a, b := stateEasy(t, opt.URL(s.URL("/hang?gate="+name+how))), stateEasy(t, opt.URL(s.URL("/hang?gate="+name+how)))
				addAll(t, l.m, a, b)
				arm(l, fail)
				var failed error
				func() {
					defer func() {
						if p, ok := recover().(*curl.CallbackPanic); ok {
							failed = p
						}
					}()
					for failed == nil {
						_, failed = l.turn(t)
					}
				}()
				if !errors.Is(failed, mine) || how == "error" && !errors.Is(failed, codes.MultiAbortedByCallback) {
					t.Errorf("the call that drove it: %v", failed)
				}
				l.onSocket, l.onTimer = nil, nil
				for range 2 {
					if msg, ok := l.m.InfoRead(); !ok || !errors.Is(msg.Err, mine) || !errors.Is(msg.Err, codes.AbortedByCallback) {
						t.Errorf("message %v, %v", msg.Err, ok)
					}
				}
				for _, h := range []*curl.Easy{a, b} {
					if err := l.m.Remove(h); err != nil {
						t.Error(err)
					}
				}
				setAll(t, a, opt.URL(s.URL("/")))
				addAll(t, l.m, a)
				if messages := l.run(t); len(messages) != 1 || messages[0].Err != nil {
					t.Errorf("afterwards: %v", messages)
				}
			})
		}
	}
}
