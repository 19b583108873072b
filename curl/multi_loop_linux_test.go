package curl_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

// eventLoop is what a program with a poller of its own keeps. Its functions may be called on any goroutine.
type eventLoop struct {
	m *curl.Multi

	mu      sync.Mutex
	sockets map[uintptr]multiopt.SocketInterest
	due     time.Time // zero: not set
	seen    []multiopt.Socket
	calls   int

	onSocket func(multiopt.Socket) error
	onTimer  func(time.Duration) error
}

func newEventLoop(t testing.TB) *eventLoop {
	l := &eventLoop{sockets: map[uintptr]multiopt.SocketInterest{}}
	l.m = newMulti(t, multiopt.SocketFunction(l.socket), multiopt.TimerFunction(l.timer))
	return l
}

func (l *eventLoop) socket(s multiopt.Socket) error {
	l.mu.Lock()
	l.seen = append(l.seen, s)
	if s.Interest == multiopt.PollRemove {
		delete(l.sockets, s.FD)
	} else {
		l.sockets[s.FD] = s.Interest
	}
	f := l.onSocket
	l.mu.Unlock()
	if f != nil {
		return f(s)
	}
	return nil
}

func (l *eventLoop) timer(after time.Duration) error {
	l.mu.Lock()
	l.calls++
	l.due = time.Time{}
	if after >= 0 {
		l.due = time.Now().Add(after)
	}
	f := l.onTimer
	l.mu.Unlock()
	if f != nil {
		return f(after)
	}
	return nil
}

// turn waits for the sockets and the timer and tells the multi, as the program's event loop does.
func (l *eventLoop) turn(t testing.TB) (running int, err error) {
	t.Helper()
	l.mu.Lock()
	var fds []pollFD
	for fd, what := range l.sockets {
		fds = append(fds, pollFD{fd: fd, in: what&multiopt.PollIn != 0, out: what&multiopt.PollOut != 0})
	}
	wait := 100 * time.Millisecond
	if !l.due.IsZero() {
		wait = min(wait, max(0, time.Until(l.due)))
	}
	l.mu.Unlock()
	pollSockets(fds, wait)
	for _, f := range fds {
		var ev multiopt.SocketEvents
		if f.readable {
			ev |= multiopt.EventIn
		}
		if f.writable {
			ev |= multiopt.EventOut
		}
		if ev == 0 {
			continue
		}
		running, err = l.m.SocketAction(f.fd, ev)
		if err != nil && !errors.Is(err, codes.MultiBadSocket) { // gone with an earlier event
			return running, err
		}
	}
	l.mu.Lock()
	due := !l.due.IsZero() && !time.Now().Before(l.due)
	if due {
		l.due = time.Time{}
	}
	l.mu.Unlock()
	if due {
		return l.m.SocketAction(curl.SocketTimeout, 0)
	}
	n, err := l.m.Count(multiopt.TransfersCurrent)
	done, _ := l.m.Count(multiopt.TransfersDone)
	return int(n - done), err
}

// run turns until no transfer is left.
func (l *eventLoop) run(t testing.TB) (messages []curl.Message) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); ; {
		running, err := l.turn(t)
		if err != nil {
			t.Fatalf("SocketAction: %v", err)
		}
		for msg := range l.m.Messages() {
			messages = append(messages, msg)
		}
		if running == 0 {
			return messages
		}
		if time.Now().After(end) {
			t.Fatalf("%d transfers do not end", running)
		}
	}
}

// skipBrokenEvents skips on releases whose event mode the package does not use itself.
func skipBrokenEvents(t *testing.T) {
	t.Helper()
	if pollingRelease() {
		t.Skip("the event mode of this libcurl is broken")
	}
}
