package curl_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestMultiNotify: both kinds come when messages are there, and the function may do what libcurl allows in none other.
func TestMultiNotify(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var seen []multiopt.Notification
	var of, got *curl.Easy
	var m *curl.Multi
	next := stateEasy(t, opt.URL(s.URL("/")))
	notify := multiopt.NotifyFunction(func(n multiopt.Notification, h multiopt.Handle) {
		seen = append(seen, n)
		if n == multiopt.NotifyEasyDone && of == nil {
			of, _ = h.(*curl.Easy)
		}
		if msg, ok := m.InfoRead(); ok && got == nil {
			got = msg.Easy
			if err := m.Remove(msg.Easy); err != nil {
				t.Errorf("Remove: %v", err)
			}
			if err := m.Add(next); err != nil {
				t.Errorf("Add: %v", err)
			}
		}
	})
	m = newMulti(t)
	err := m.Set(notify)
	if olderThan(t, 0x081100) {
		for name, err := range map[string]error{"Set": err, "NotifyEnable": m.NotifyEnable(multiopt.NotifyInfoRead)} {
			if !errors.Is(err, curl.ErrUnsupported) {
				t.Errorf("%s: %v", name, err)
			}
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []multiopt.Notification{multiopt.NotifyInfoRead, multiopt.NotifyEasyDone} {
		if err := m.NotifyEnable(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.NotifyEnable(1000); err == nil {
		t.Error("an unknown notification was enabled")
	}
	h := stateEasy(t, opt.URL(s.URL("/")))
	addAll(t, m, h)
	runAll(t, m)
	if of != h || got != h || len(seen) < 4 {
		t.Errorf("notified of %p, read %p, want %p; %v", of, got, h, seen)
	}
	seen = nil
	for _, n := range []multiopt.Notification{multiopt.NotifyInfoRead, multiopt.NotifyEasyDone} {
		if err := m.NotifyDisable(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Remove(next); err != nil {
		t.Fatal(err)
	}
	addAll(t, m, next)
	runAll(t, m)
	if len(seen) != 0 {
		t.Errorf("notified when that was off: %v", seen)
	}
}

// TestMultiOptions sets every option there is, to a value and back, and looks whether bad ones are refused: each release
// would take them in its own way.
func TestMultiOptions(t *testing.T) {
	m := newMulti(t)
	good := map[multiopt.ID]multiopt.Option{
		multiopt.IDChunkLengthPenaltySize:    multiopt.ChunkLengthPenaltySize(1 << 40),
		multiopt.IDContentLengthPenaltySize:  multiopt.ContentLengthPenaltySize(1 << 40),
		multiopt.IDMaxConnects:               multiopt.MaxConnects(10),
		multiopt.IDMaxConcurrentStreams:      multiopt.MaxConcurrentStreams(10),
		multiopt.IDMaxHostConnections:        multiopt.MaxHostConnections(10),
		multiopt.IDMaxPipelineLength:         multiopt.MaxPipelineLength(10),
		multiopt.IDMaxTotalConnections:       multiopt.MaxTotalConnections(10),
		multiopt.IDNetworkChanged:            multiopt.NetworkChanged(multiopt.ClearDNS),
		multiopt.IDNotifyFunction:            multiopt.NotifyFunction(func(multiopt.Notification, multiopt.Handle) {}),
		multiopt.IDPipelining:                multiopt.Pipelining(multiopt.PipeliningMultiplex),
		multiopt.IDPipeliningServerBlocklist: multiopt.PipeliningServerBlocklist([]string{"a", "b"}),
		multiopt.IDPipeliningSiteBlocklist:   multiopt.PipeliningSiteBlocklist([]string{"a:80"}),
		multiopt.IDPushFunction:              multiopt.PushFunction(func(multiopt.Push) multiopt.PushVerdict { return multiopt.PushDeny }),
		multiopt.IDQuickExit:                 multiopt.QuickExit(true),
		multiopt.IDResolveThreadsMax:         multiopt.ResolveThreadsMax(2),
		multiopt.IDSocketFunction:            multiopt.SocketFunction(func(multiopt.Socket) error { return nil }),
		multiopt.IDTimerFunction:             multiopt.TimerFunction(func(time.Duration) error { return nil }),
	}
	n := 0
	for meta := range multiopt.All() {
		n++
		if meta.Owner != "" {
			if err := m.Unset(meta.ID); err == nil {
				t.Errorf("%s: unset, though the runtime owns it", meta.Name)
			}
			continue
		}
		for name, call := range map[string]func() error{
			"Set":   func() error { return m.Set(good[meta.ID]) },
			"Unset": func() error { return m.Unset(meta.ID) },
		} {
			err := call()
			switch {
			case meta.Since > version(t).Num:
				checkUnsupported(t, err, int(meta.Since>>16), int(meta.Since>>8&255))
			case err != nil:
				t.Errorf("%s of %s: %v", name, meta.Name, err)
			}
		}
	}
	if n != 21 || len(good) != 17 {
		t.Errorf("%d options, values for %d", n, len(good))
	}
	for _, o := range []multiopt.Option{
		multiopt.MaxConnects(-2), multiopt.MaxConcurrentStreams(0), multiopt.MaxConcurrentStreams(-1), multiopt.MaxHostConnections(-1),
		multiopt.MaxTotalConnections(1 << 31), multiopt.Pipelining(8), multiopt.ChunkLengthPenaltySize(-1),
		multiopt.PipeliningSiteBlocklist([]string{"a\x00b"}), {},
	} {
		var refused *curl.MultiOptionError
		if err := m.Set(multiopt.MaxConnects(3), o); !errors.As(err, &refused) || refused.Index != 1 || refused.Applied {
			t.Errorf("%v: %v", o, err)
		}
	}
}

// TestMultiLimitsConnections: an option that works shows it.
func TestMultiLimitsConnections(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t, multiopt.MaxTotalConnections(2))
	for range 10 {
		addAll(t, m, stateEasy(t, opt.URL(s.URL("/"))))
	}
	step(t, m)
	if !olderThan(t, 0x081000) {
		pending, err := m.Count(multiopt.TransfersPending)
		running, err2 := m.Count(multiopt.TransfersRunning)
		if err != nil || err2 != nil || pending == 0 || pending+running > 10 {
			t.Errorf("%d pending, %d running, %v, %v", pending, running, err, err2)
		}
	} else if _, err := m.Count(multiopt.TransfersPending); !errors.Is(err, curl.ErrUnsupported) {
		t.Errorf("Count: %v", err)
	}
	messages := runAll(t, m)
	if len(messages) != 10 || s.Connections() > 2 {
		t.Errorf("%d messages, %d connections", len(messages), s.Connections())
	}
	for what, want := range map[multiopt.Counter]int64{
		multiopt.TransfersCurrent: 10, multiopt.TransfersDone: 10, multiopt.TransfersAdded: 10,
	} {
		if n, err := m.Count(what); n != want || err != nil {
			t.Errorf("%v: %d, %v", what, n, err)
		}
	}
	if _, err := m.Count(99); !errors.Is(err, codes.MultiUnknownOption) {
		t.Errorf("an unknown counter: %v", err)
	}
}

// TestMultiTimeoutAndWaitFDs: what a loop of the user's own needs to know.
func TestMultiTimeoutAndWaitFDs(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	if after, set, err := m.Timeout(); set || err != nil {
		t.Errorf("without members: %v, %v, %v", after, set, err)
	}
	h := stateEasy(t, opt.URL(s.URL("/")))
	addAll(t, m, h)
	if after, set, err := m.Timeout(); !set || after != 0 || err != nil {
		t.Errorf("with a member to start: %v, %v, %v", after, set, err)
	}
	if n, err := m.Poll(t.Context(), -1); n != 0 || err != nil {
		t.Errorf("Poll with a member to start: %d, %v", n, err)
	}
	runAll(t, m)
	waitingMember(t, s, m, "waitfds")
	fds, err := m.WaitFDs()
	switch {
	case olderThan(t, 0x080800):
		checkUnsupported(t, err, 8, 8)
	case err != nil || len(fds) == 0 || fds[0].Events&multiopt.WaitIn == 0:
		t.Errorf("WaitFDs: %v, %v", fds, err)
	default:
		s.Gate("waitfds").Open()
		if n, err := newMulti(t).Wait(t.Context(), 10*time.Second, fds...); n != 1 || err != nil ||
			!slices.ContainsFunc(fds, func(f curl.WaitFD) bool { return f.Revents == multiopt.WaitIn }) {
			t.Errorf("Wait for a descriptor of another multi: %d, %v, %v", n, err, fds)
		}
	}
	idle := newMulti(t)
	if n, err := idle.Wait(t.Context(), -1); n != 0 || err != nil {
		t.Errorf("Wait without members: %d, %v", n, err)
	}
}

// TestMultiConnectOnlyMember sends and receives while it is a member; what would touch its connection is busy.
func TestMultiConnectOnlyMember(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	m := newMulti(t)
	h := stateEasy(t, opt.URL(s.URL("/")), opt.ConnectOnly(opt.ConnectOnlyTransport))
	addAll(t, m, h)
	if messages := runAll(t, m); len(messages) != 1 || messages[0].Err != nil {
		t.Fatalf("messages %v", messages)
	}
	for name, err := range map[string]error{
		"Set": h.Set(opt.UserAgent("x")), "Reset": h.Reset(), "Perform": h.Perform(t.Context()), "Upkeep": h.Upkeep(), "Add": m.Add(h),
	} {
		if !errors.Is(err, curl.ErrBusy) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ended := polled(t, m) // whoever drives it makes the calls
	if _, err := h.Send(t.Context(), []byte("GET / HTTP/1.0\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	got := ""
	for !strings.Contains(got, "hello\n") {
		p := make([]byte, 100)
		n, err := h.Recv(patient(t), p)
		if err != nil {
			t.Fatalf("after %q: %v", got, err)
		}
		got += string(p[:n])
	}
	m.Wakeup()
	if err := awaited(t, "the end of the poll", ended); err != nil {
		t.Error(err)
	}
	if err := m.Remove(h); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Recv(t.Context(), make([]byte, 1)); !errors.Is(err, curl.ErrNotConnected) {
		t.Errorf("after Remove: %v", err)
	}
	setAll(t, h, opt.ConnectOnly(opt.ConnectOnlyOff))
	perform(t, h)
}

// TestMultiHoldsManySockets: 1500 transfers at once, far more than select could wait for.
func TestMultiHoldsManySockets(t *testing.T) {
	const n = 1500
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	if v := version(t).Num; v == 0x080e00 {
		t.Skip("8.14.0 cannot")
	}
	m := newMulti(t)
	arrived := s.Gate("many").Arrived(n)
	for range n {
		addAll(t, m, stateEasy(t, opt.URL(s.URL("/hang?gate=many"))))
	}
	runUntil(t, m, "all requests", func() bool {
		select {
		case <-arrived:
			return true
		default:
			return false
		}
	})
	if got := s.Connections(); got != n {
		t.Errorf("%d connections", got)
	}
	s.Gate("many").Open()
	messages := runAll(t, m)
	for _, msg := range messages {
		if msg.Err != nil {
			t.Fatal(msg.Err)
		}
	}
	if len(messages) != n {
		t.Errorf("%d messages", len(messages))
	}
}
