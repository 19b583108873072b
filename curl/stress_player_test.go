package curl_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

var errStress = errors.New("a callback of the test failed")

// player makes random calls: a goroutine, or a callback that one of its calls has entered. What it draws depends on the
// seed alone, and on nobody else: a callback draws from numbers of its own, which depend on the call and on how many
// callbacks that has entered before.
type player struct {
	w      *stress
	root   *player // the goroutine, nil where it cannot be told
	log    *stressLog
	rnd    *rand.Rand
	frames []frame

	lease *stressHandle // a root's
	left  int           // calls until it gives that back

	seed   uint64        // of the callbacks of the call in progress
	inside atomic.Uint64 // how many there have been
	in     *watched      // the call in progress
}

// frame is a callback that a player stands in.
type frame struct {
	callbackKind
	h    *stressHandle
	here bool // on the player's own stack for sure
}

func newPlayer(w *stress, number int) *player {
	p := &player{w: w, log: newStressLog(number), rnd: rand.New(rand.NewPCG(w.seed, uint64(number)))}
	p.root = p
	return p
}

// standingIn is a player in a callback, which one of the candidates has entered; nil when there is none.
func standingIn(candidates []*player, h *stressHandle, k callbackKind) *player {
	if len(candidates) == 0 {
		return nil // a call that nobody has announced
	}
	p := candidates[0]
	inner := &player{w: p.w, log: p.log, rnd: rand.New(rand.NewPCG(p.seed, p.inside.Add(1)))}
	if len(candidates) == 1 && k.sits != anywhere {
		inner.root, inner.in = p.root, p.in
	}
	for _, p := range candidates {
		inner.frames = append(inner.frames, p.frames...)
	}
	for i := range inner.frames {
		inner.frames[i].here = false // many transfers run on another goroutine than the one that waits
	}
	inner.frames = append(inner.frames, frame{k, h, true})
	return inner
}

// situations is where the player stands, as seen from h, and what that says about its state.
func (p *player) situations(h *stressHandle) (sits sitSet, only stateSet) {
	sits = at(state.Outside)
	for _, f := range p.frames {
		add := at(state.ForeignCallback)
		switch {
		case f.sits == anywhere:
			return anywhere, 0
		case f.h == h:
			add = f.sits
			if f.here {
				only = f.only
			}
		case f.h == nil || f.h.shared.Load() || h.shared.Load():
			add |= at(state.SiblingCallback)
		}
		nearest := sitSet(0)
		for a := range state.Situations {
			for b := range state.Situations {
				if sits&(1<<a) != 0 && add&(1<<b) != 0 {
					nearest |= 1 << max(a, b)
				}
			}
		}
		if !f.here {
			nearest |= sits
		}
		sits = nearest
	}
	return sits, only
}

// soon is a context that ends within a few milliseconds.
func (p *player) soon() (context.Context, context.CancelFunc) {
	after := time.Duration(1+p.rnd.IntN(30)) * time.Millisecond
	if p.rnd.IntN(2) == 0 {
		return context.WithTimeout(context.Background(), after)
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(after, cancel)
	return ctx, cancel
}

// call makes one random call on a random handle.
func (p *player) call() {
	c := &stressCalls[p.rnd.IntN(len(stressCalls))]
	h := p.w.pick(p)
	if h == nil {
		return
	}
	defer p.w.putBack(h)
	if !p.owns(h) && c.op != state.Close {
		p.make(&resumeCall, h) // transfers are to get on as well
	}
	p.make(c, h)
}

// owns says that nobody else calls the handle.
func (p *player) owns(h *stressHandle) bool { return p.root != nil && p.root.lease == h }

// make makes a call, and holds its answer against the model.
func (p *player) make(c *stressCall, h *stressHandle) error {
	if c.round != nil {
		c.round(p, h)
		return nil
	}
	if c.seldom > 0 && p.rnd.IntN(c.seldom) > 0 {
		return nil
	}
	sits, only := p.situations(h)
	by := &player{w: p.w, root: p.root, log: p.log, rnd: p.rnd, frames: p.frames, seed: p.rnd.Uint64()}
	end := p.log.begin(c.name, h.number, len(p.frames))
	if c.apart {
		err := c.make(by, h)
		end(err)
		p.w.finished(c, err)
		if err != nil && !mayFail(c.op, err) {
			p.w.fail("%s: %v (%T)", c.name, err, err)
		}
		return err
	}
	in := h.ledger.begin(c.op, sits, p.in, only)
	by.in = in
	leave := h.announce(by)
	err := c.make(by, h)
	leave()
	possible, ok := h.ledger.end(in, err)
	end(err)
	p.w.finished(c, err)
	p.w.checked(possible)
	switch {
	case !ok:
		p.w.fail("%s of handle %d, %v, called from %v: %v (%T); the table says %v\n\t%s", c.name, h.number, in.states(), sits, err, err, possible,
			strings.Join(p.log.recent(h.number), "\n\t"))
		if len(p.frames) > 0 {
			p.w.fail("in the callback\n%s", debug.Stack()) // the goroutine may be another one than that of the log
		}
	case err != nil && reasonOf(err) == nil && !mayFail(c.op, err):
		p.w.fail("%s: %v (%T)", c.name, err, err)
	}
	return err
}

// play takes turns until then; on a machine that is busy with other things until enough was seen, for half a minute at most.
func (p *player) play(until time.Time) {
	for time.Now().Before(until) || !p.w.enough() && time.Since(until) < 30*time.Second {
		p.turn()
	}
	p.w.giveBack(p)
}

// turn makes one call, or takes a handle for itself, or gives it back.
func (p *player) turn() {
	switch {
	case p.lease == nil && p.rnd.IntN(8) == 0:
		p.w.takeLease(p)
		p.left = 5 + p.rnd.IntN(40)
	case p.lease != nil && p.left <= 0:
		p.w.giveBack(p)
	}
	p.left--
	p.call()
}
