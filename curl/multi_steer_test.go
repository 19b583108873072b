package curl_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// waitingMember is a member in flight that has its first byte, and waits for the gate.
func waitingMember(t *testing.T, s *testserver.HTTP, m *curl.Multi, gate string, options ...opt.Option) *curl.Easy {
	t.Helper()
	got := 0
	h := stateEasy(t, append([]opt.Option{opt.URL(s.URL("/slow?gate=" + gate)), opt.WriteFunction(func(p []byte) error {
		got += len(p)
		return nil
	})}, options...)...)
	addAll(t, m, h)
	runUntil(t, m, "the first byte", func() bool { return got > 0 })
	return h
}

// polled starts a Poll that only another goroutine ends, and returns when it has begun.
func polled(t *testing.T, m *curl.Multi) (ended <-chan error) {
	t.Helper()
	done := make(chan error, 1)
	poll := func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		_, err := m.Poll(ctx, -1)
		done <- err
	}
	go poll()
	for { // a step is refused as soon as the other goroutine is in it
		_, err := m.SocketAction(curl.SocketTimeout, 0)
		if errors.Is(err, curl.ErrBusy) {
			return done
		}
		if err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-done: // libcurl had a timer left
			if err != nil {
				t.Fatal(err)
			}
			go poll()
		default:
			runtime.Gosched()
		}
	}
}

// TestMultiMembersAreSteeredDuringAPoll from another goroutine, which wakes the poll where it has to.
func TestMultiMembersAreSteeredDuringAPoll(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for _, c := range []struct {
		name string
		call func(m *curl.Multi, h, other *curl.Easy) error
		want error // of the message, nil: there is none
	}{
		{"Wakeup", func(m *curl.Multi, h, other *curl.Easy) error { return m.Wakeup() }, nil},
		{"Cancel", func(m *curl.Multi, h, other *curl.Easy) error { return h.Cancel() }, curl.ErrCancelled},
		{"Add", func(m *curl.Multi, h, other *curl.Easy) error { return m.Add(other) }, nil},
		{"Close", func(m *curl.Multi, h, other *curl.Easy) error { return m.Close() }, curl.ErrClosed},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newMulti(t)
			h := waitingMember(t, s, m, c.name)
			other := stateEasy(t, opt.URL(s.URL("/")))
			ended := polled(t, m)
			promptly(t, c.name, func() {
				if err := c.call(m, h, other); err != nil {
					t.Error(err)
				}
			})
			err := awaited(t, "the end of the poll", ended)
			if c.want == curl.ErrClosed && !errors.Is(err, curl.ErrClosed) || c.want != curl.ErrClosed && err != nil {
				t.Errorf("Poll: %v", err)
			}
			if msg, ok := m.InfoRead(); ok != (c.want != nil) || ok && (msg.Easy != h || !errors.Is(msg.Err, c.want)) {
				t.Errorf("message %v, %v", msg, ok)
			}
		})
	}
}

// TestMultiAnswersDuringAPoll: what does not concern the poll leaves it alone, and works.
func TestMultiAnswersDuringAPoll(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	h := waitingMember(t, s, m, "answers")
	gone := waitingMember(t, s, m, "answers")
	ended := polled(t, m)
	promptly(t, "the calls", func() {
		for _, c := range []struct {
			name string
			call func() error
		}{ // the last ones give libcurl work, which ends the poll
			{"Info", func() error { return stateCalls[state.Info](h) }},
			{"Count", func() error { _, err := m.Count(multiopt.TransfersCurrent); return err }},
			{"Set", func() error { return wantIs(m.Set(multiopt.MaxConnects(3)), curl.ErrBusy) }},
			{"Timeout", func() error { _, _, err := m.Timeout(); return wantIs(err, curl.ErrBusy) }},
			{"Perform", func() error { _, err := m.Perform(); return wantIs(err, curl.ErrBusy) }},
			{"Set of a member", func() error { return wantIs(h.Set(opt.UserAgent("x")), curl.ErrBusy) }},
			{"Reset of a member", func() error { return wantIs(h.Reset(), curl.ErrBusy) }},
			{"Pause", func() error { return h.Pause(curl.Receiving) }},
			{"Resume", func() error { return h.Resume(curl.Receiving) }},
			{"Close of a member", func() error { return gone.Close() }},
		} {
			if err := c.call(); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		<-gone.Done()
	})
	if err := m.Remove(h); err != nil {
		t.Error(err)
	}
	if err := h.Set(opt.URL(s.URL("/"))); err != nil { // at rest as soon as Remove has returned
		t.Error(err)
	}
	arrives(t, h, "hello\n")
	m.Wakeup()
	if err := awaited(t, "the end of the poll", ended); err != nil {
		t.Error(err)
	}
	if _, ok := m.InfoRead(); ok {
		t.Error("a message of a handle that was removed or closed")
	}
}

// TestMultiMemberIsAtRestWhoeverTakesItOut: the goroutine that polls may be the one that carries out a Remove, and be in the
// middle of it.
func TestMultiMemberIsAtRestWhoeverTakesItOut(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	h := stateEasy(t, opt.URL(s.URL("/hang"))) // no callback that Remove would not wait for
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		var err error
		for err == nil {
			if _, err = m.Poll(ctx, -1); err == nil {
				_, err = m.Perform()
			}
		}
		ended <- err
	}()
	for range testserver.Fewer(t, 1000, 200, "rounds") {
		addAll(t, m, h)
		for !errors.Is(h.Set(opt.UserAgent("x")), curl.ErrBusy) { // until it is in flight
			runtime.Gosched()
		}
		if err := m.Remove(h); err != nil {
			t.Fatal(err)
		}
		if err := h.Set(opt.UserAgent("x")); err != nil {
			t.Fatal(err)
		}
	}
	cancel()
	if err := awaited(t, "the end of the polls", ended); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// wantIs is nil when err is what it should be.
func wantIs(err, want error) error {
	if errors.Is(err, want) {
		return nil
	}
	return errors.Join(errors.New("not "+want.Error()), err)
}

// TestMultiPollsTakeTurns: two goroutines may wait, and both return.
func TestMultiPollsTakeTurns(t *testing.T) {
	m := newMulti(t)
	first := polled(t, m)
	ctx, cancel := context.WithCancel(t.Context())
	second := make(chan error, 1)
	go func() { _, err := m.Poll(ctx, -1); second <- err }()
	cancel()
	if err := awaited(t, "the second poll", second); !errors.Is(err, context.Canceled) {
		t.Errorf("the second poll: %v", err)
	}
	if n, err := m.Poll(t.Context(), 0); n != 0 || err != nil { // its time is over before its turn comes
		t.Errorf("the third poll: %d, %v", n, err)
	}
	m.Wakeup()
	if err := awaited(t, "the first poll", first); err != nil {
		t.Errorf("the first poll: %v", err)
	}
	m.Wakeup()
	if n, err := m.Poll(t.Context(), -1); n != 0 || err != nil {
		t.Errorf("a wakeup before the poll was lost: %d, %v", n, err)
	}
}
