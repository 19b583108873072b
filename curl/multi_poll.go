package curl

import (
	"context"
	"fmt"
	"syscall"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

// WaitFD is a descriptor to wait for: one of the program's own in Poll and Wait, or one of libcurl's from WaitFDs.
type WaitFD struct {
	FD      uintptr
	Events  multiopt.WaitEvents // what to wait for
	Revents multiopt.WaitEvents // what happened: filled in by Poll and Wait
}

// Poll waits until there is something for Perform to do, one of the extra descriptors has an event, timeout is over
// (negative: there is none), or ctx ends. It returns the number of descriptors that have events, and 0 when it returns for
// another reason: libcurl's timers, Wakeup, a message, a member that waits for its start. Give a slice with ... to see
// what happened on the extra descriptors.
//
// Other goroutines can add, remove, pause, resume and close members meanwhile, and ask them. A second Poll waits for
// its turn.
//
// The error is that of ctx, a *StateError or a *MultiError: with syscall.EBADF for an extra descriptor that is not open, where C
// returns at once without a word. A negative one is left out.
//
// https://curl.se/libcurl/c/curl_multi_poll.html
func (m *Multi) Poll(ctx context.Context, timeout time.Duration, extra ...WaitFD) (ready int, err error) {
	return m.await(ctx, "Poll", true, timeout, extra)
}

// Wait is Poll for programs that do without Wakeup: that does not end it. It returns at once when no member's transfer is
// left and there are no extra descriptors.
//
// https://curl.se/libcurl/c/curl_multi_wait.html
func (m *Multi) Wait(ctx context.Context, timeout time.Duration, extra ...WaitFD) (ready int, err error) {
	return m.await(ctx, "Wait", false, timeout, extra)
}

// Wakeup ends the Poll in progress, or else the next one. Several calls before that are as good as one.
//
// https://curl.se/libcurl/c/curl_multi_wakeup.html
func (m *Multi) Wakeup() error {
	in := m.inner()
	in.mu.Lock()
	defer in.mu.Unlock()
	if err := in.allow(state.MultiAsk, "Wakeup"); err != nil {
		return err
	}
	in.wakeup = true
	in.d.Wake()
	return nil
}

// polling is one Poll or Wait.
type polling struct {
	m     *Multi
	ctx   context.Context
	op    string
	poll  bool
	until time.Time // zero: for ever
	fds   []capi.WaitFD

	ready int
	code  int
	woken bool
}

func (m *Multi) await(ctx context.Context, op string, poll bool, timeout time.Duration, extra []WaitFD) (int, error) {
	if ctx == nil {
		return 0, &MultiError{Op: op, Code: codes.MultiBadFunctionArgument, Cause: errNilContext}
	}
	in := m.inner()
	p := &polling{m: m, ctx: ctx, op: op, poll: poll}
	if timeout >= 0 {
		p.until = time.Now().Add(timeout)
	}
	for _, f := range extra {
		p.fds = append(p.fds, capi.WaitFD{FD: f.FD, Events: uint16(f.Events)})
	}
	if ctx.Done() != nil {
		stop := context.AfterFunc(ctx, in.d.Wake)
		defer stop()
	}
	if err := p.takeTurn(in); err != nil || p.timedOut() && p.code == tooLate {
		return 0, err
	}
	defer in.rest()
	err := p.run(in)
	for i := range extra {
		extra[i].Revents = multiopt.WaitEvents(p.fds[i].Revents)
	}
	if err == nil && p.ready > 0 {
		err = p.closed()
	}
	return p.ready, reraise(err)
}

// closed says that one of the extra descriptors is not open. libcurl counts it among those that have events, and names none: so
// each further wait would return at once.
func (p *polling) closed() error {
	for _, f := range p.fds {
		if f.Revents == 0 && isClosed(f.FD) {
			return &MultiError{Op: p.op, Code: codes.MultiBadSocket, Cause: fmt.Errorf("descriptor %d is not open: %w", f.FD, syscall.EBADF)}
		}
	}
	return nil
}

// tooLate is what takeTurn leaves in code when the turn has not come in time. No CURLMcode has this value.
const tooLate = -1000

func (p *polling) timedOut() bool { return !p.until.IsZero() && !time.Now().Before(p.until) }

// takeTurn waits until no other goroutine drives the multi.
func (p *polling) takeTurn(in *multi) error {
	for {
		in.mu.Lock()
		if err := in.allow(state.MultiWait, p.op); err != nil {
			in.mu.Unlock()
			return err
		}
		if !in.driving {
			in.driving = true
			in.mu.Unlock()
			return nil
		}
		turn := in.nextTurn()
		in.mu.Unlock()
		if err := p.sleep(turn); err != nil {
			return err
		}
		if p.timedOut() {
			p.code = tooLate
			return nil
		}
	}
}

// nextTurn is closed when a driving call or a callback is over. The caller holds mu.
func (in *multi) nextTurn() <-chan struct{} {
	if in.turn == nil {
		in.turn = make(chan struct{})
	}
	return in.turn
}

// sleep waits for the turn, at most as long as the poll.
func (p *polling) sleep(turn <-chan struct{}) error {
	var after <-chan time.Time
	if !p.until.IsZero() {
		t := time.NewTimer(time.Until(p.until))
		defer t.Stop()
		after = t.C
	}
	select {
	case <-turn:
	case <-after:
	case <-p.ctx.Done():
		return p.over()
	}
	return nil
}

// over is the error of a wait whose context has ended, nil if it has not.
func (p *polling) over() error {
	if err := whyDone(p.ctx); err != nil {
		return fmt.Errorf("curl: multi: %s: %w", p.op, err)
	}
	return nil
}

// run polls until there is a reason to return.
func (p *polling) run(in *multi) error {
	for {
		if err := p.over(); err != nil {
			return err
		}
		if done, err := p.reason(in); done || in.startable() {
			return err
		}
		in.d.Lock()
		if in.callbacks.Load() > 0 { // of somebody's Add, Resume or the like
			in.d.Mu.Unlock()
			in.mu.Lock()
			turn := in.nextTurn()
			in.mu.Unlock()
			if in.callbacks.Load() > 0 {
				if err := p.sleep(turn); err != nil {
					return err
				}
			}
			if p.timedOut() {
				return nil
			}
			continue
		}
		polled := false
		err := in.work(p.m, func() { polled = in.d.Poll(func() { p.wait(in) }) })
		if err = firstPanic(in.worst(p.op, multiError(p.op, p.code)), err); err != nil {
			return err
		}
		if polled && (p.ready > 0 || !p.woken) || p.timedOut() {
			return nil
		}
	}
}

// reason says whether there is a reason to return that libcurl knows nothing of.
func (p *polling) reason(in *multi) (bool, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.st == state.Draining || in.st == state.Closed {
		return true, in.allow(state.MultiWait, p.op)
	}
	woken := p.poll && in.wakeup
	if woken {
		in.wakeup = false
	}
	news := in.news
	in.news = false
	nothing := !p.poll && in.active == 0 && len(p.fds) == 0
	return woken || news || nothing, nil
}

// startable says that a member waits for the next step. No lock is held.
func (in *multi) startable() bool {
	for _, h := range in.everyone(func() bool { return in.active > in.flying }) {
		h.mu.Lock()
		waits := h.memberOf == in && h.st == state.Attached && !h.calling && !h.offered
		h.mu.Unlock()
		if waits {
			return true
		}
	}
	return false
}

// wait is one wait inside libcurl. d.Mu is held.
func (p *polling) wait(in *multi) {
	const longest = time.Hour // libcurl takes an int of milliseconds, and a spurious return does no harm
	left := longest
	if !p.until.IsZero() {
		left = min(longest, max(0, time.Until(p.until)))
	}
	p.ready, p.woken, p.code = in.c.Wait(p.fds, int((left+time.Millisecond-1)/time.Millisecond), p.poll)
}
