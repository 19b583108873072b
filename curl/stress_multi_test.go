package curl_test

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

// stressedMulti is a Multi that random calls are made on.
type stressedMulti struct {
	*curl.Multi
	callers callers
	closing atomic.Bool
}

func (w *stress) newMulti(events bool) *stressedMulti {
	m := &stressedMulti{}
	var options []multiopt.Option
	if events {
		sometimes := func() error {
			if p := standingIn(m.callers.all(), nil, anyTime); p != nil && len(p.frames) <= maxDepth && p.rnd.IntN(20) == 0 {
				p.call()
			}
			return nil
		}
		options = append(options, multiopt.SocketFunction(func(multiopt.Socket) error { return sometimes() }),
			multiopt.TimerFunction(func(time.Duration) error { return sometimes() }))
	}
	inner, err := curl.NewMulti(options...)
	if err != nil {
		w.fail("NewMulti: %v", err)
	}
	m.Multi = inner
	return m
}

// multi is one of the multis.
func (w *stress) multi(p *player) *stressedMulti {
	i := p.rnd.IntN(2)
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.multis[i]
}

// oldMulti is one of the multis, and has another one in its place afterwards.
func (w *stress) oldMulti(p *player) *stressedMulti {
	i := p.rnd.IntN(2)
	m := w.newMulti(i == 1 && !pollingRelease())
	w.mu.Lock()
	defer w.mu.Unlock()
	old := w.multis[i]
	w.multis[i] = m
	return old
}

// by announces who makes a call on the multi, which can enter the callbacks of all members.
func (m *stressedMulti) by(p *player, call func() error) error {
	m.callers.add(p)
	defer m.callers.remove(p)
	err := call()
	if m.closing.Load() && reasonOf(err) == curl.ErrClosed {
		return errUnjudged // that was about the multi
	}
	return err
}

// onMulti is a call on one of the multis. Others use it, so that it may be refused.
func onMulti(name string, call func(p *player, m *stressedMulti) error) stressCall {
	return stressCall{name: "multi " + name, op: state.MultiStep, apart: true, make: func(p *player, h *stressHandle) error {
		m := p.w.multi(p)
		return m.by(p, func() error { return call(p, m) })
	}}
}

func init() {
	drive := onMulti("perform", func(p *player, m *stressedMulti) error {
		_, err := m.Perform()
		return err
	})
	stressCalls = append(stressCalls, drive, drive, drive,
		stressCall{name: "add", op: state.Add, make: func(p *player, h *stressHandle) error {
			return h.add(p, p.w.multi(p))
		}},
		stressCall{name: "remove", op: state.Remove, make: func(p *player, h *stressHandle) error { return h.remove(p, p.w.multi(p)) }},
		onMulti("socket all", func(p *player, m *stressedMulti) error {
			_, err := m.SocketAll()
			return err
		}),
		onMulti("poll", func(p *player, m *stressedMulti) error {
			ctx, cancel := p.soon()
			defer cancel()
			_, err := m.Poll(ctx, time.Duration(p.rnd.IntN(20))*time.Millisecond)
			return err
		}),
		onMulti("messages", func(p *player, m *stressedMulti) error {
			for msg := range m.Messages() {
				if msg.Err == nil {
					p.w.over.Add(1)
				} else if !mayFail(state.Perform, msg.Err) {
					p.w.fail("message: %v", msg.Err)
				}
			}
			return nil
		}),
		onMulti("ask", func(p *player, m *stressedMulti) error {
			m.Handles()
			_, err := m.Count(multiopt.TransfersRunning)
			if errors.Is(err, curl.ErrUnsupported) && olderThan(p.w.t, 0x081000) {
				err = nil
			}
			return errors.Join(err, m.Wakeup())
		}),
		stressCall{name: "multi close", op: state.MultiClose, seldom: 20, apart: true, make: func(p *player, h *stressHandle) error {
			m := p.w.oldMulti(p)
			m.closing.Store(true)
			return m.by(p, m.Close)
		}},
		stressCall{name: "multi of its own", round: ownMulti},
	)
}

func (h *stressHandle) add(p *player, m *stressedMulti) error {
	h.shared.Store(true)
	h.mayBeIn(m)
	return m.by(p, func() error { return m.Add(h.Easy) })
}

func (h *stressHandle) remove(p *player, m *stressedMulti) error {
	err := m.by(p, func() error { return m.Remove(h.Easy) })
	if reason := reasonOf(err); reason == curl.ErrBusy || reason == curl.ErrNotAdded {
		return errUnjudged // it is in another multi; or another call on it, or a callback about it, is in progress
	}
	return err
}

// ownMulti has a handle that nobody else calls go through all states of a member, in a Multi that nobody else has.
func ownMulti(p *player, h *stressHandle) {
	path := p.w.peers.paths[p.rnd.IntN(len(p.w.peers.paths))]
	if !p.owns(h) || len(p.frames) > 0 || path.open || !p.prepare(h, isIdle, path.options()...) {
		return
	}
	m := p.w.newMulti(false)
	defer m.Close()
	add := stressCall{name: "add", op: state.Add, make: func(p *player, h *stressHandle) error { return h.add(p, m) }}
	remove := stressCall{name: "remove", op: state.Remove, make: func(p *player, h *stressHandle) error { return h.remove(p, m) }}
	mix := func(calls ...*stressCall) {
		for range p.rnd.IntN(4) {
			p.make(calls[p.rnd.IntN(len(calls))], h)
		}
	}
	if p.make(&add, h) != nil {
		return // it has its connections elsewhere, or is closed
	}
	h.ledger.is(oneOf(state.Attached))
	mix(&performCall, &add)
	result, over := error(nil), false
	for began := time.Now(); !over && time.Since(began) < stressPatience; {
		err := m.by(p, func() error {
			if _, err := m.Perform(); err != nil {
				return err
			}
			_, err := m.Poll(context.Background(), 20*time.Millisecond)
			return err
		})
		if err != nil {
			p.w.fail("a multi of one's own: %v", err)
			return
		}
		h.ledger.is(isInFlight | oneOf(state.Done))
		for msg := range m.Messages() {
			result, over = msg.Err, true
		}
		if !over {
			mix(&performCall, &add, &setCall, &resetCall, &resumeCall)
		}
	}
	p.w.known.Add(1)
	if !path.foretold(result) || !over {
		p.w.fail("multi at %s: over %v, %v, want %v", path.name, over, result, path.ends)
	}
	h.ledger.is(oneOf(state.Done))
	mix(&performCall, &add, &setCall, &resetCall, &resumeCall)
	if p.rnd.IntN(2) == 0 {
		if err := p.make(&remove, h); err != nil {
			p.w.fail("remove of a member: %v", err)
		}
	} else {
		m.closing.Store(true)
		m.Close()
	}
	h.ledger.is(isIdle)
	p.make(&remove, h)
}
