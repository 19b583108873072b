package testserver

import (
	"context"
	"sync"
)

// A Gate holds back whoever passes it until a test lets them through, and
// tells the test who has come. Any goroutine may use it; the zero value is not
// ready, see [NewGate].
type Gate struct {
	mu      sync.Mutex
	arrived tally
	left    tally
	passes  int           // how many more may pass while the gate is shut
	opened  chan struct{} // closed once the gate stands open for good
	changed chan struct{} // closed and replaced when passes grows
}

// NewGate returns a gate that is shut.
func NewGate() *Gate {
	return &Gate{opened: make(chan struct{}), changed: make(chan struct{})}
}

// Open lets everybody through, now and later.
func (g *Gate) Open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-g.opened:
	default:
		close(g.opened)
	}
}

// Admit lets n more through, whether they wait already or come later.
func (g *Gate) Admit(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.passes += n
	close(g.changed)
	g.changed = make(chan struct{})
}

// Arrived returns a channel that is closed as soon as n have come to the gate
// since it was made.
func (g *Gate) Arrived(n int) <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.arrived.reached(n)
}

// Left returns a channel that is closed as soon as n have turned away without
// passing, which a peer does when its client has gone.
func (g *Gate) Left(n int) <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.left.reached(n)
}

// Pass waits until the gate lets the caller through. It turns away, with the
// context's cause, when ctx ends first.
func (g *Gate) Pass(ctx context.Context) error {
	g.mu.Lock()
	g.arrived.add()
	g.mu.Unlock()
	for {
		wait, ok := g.tryPass()
		if ok {
			return nil
		}
		select {
		case <-g.opened:
			return nil
		case <-wait:
		case <-ctx.Done():
			g.mu.Lock()
			defer g.mu.Unlock()
			g.left.add()
			return context.Cause(ctx)
		}
	}
}

func (g *Gate) tryPass() (wait <-chan struct{}, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.passes > 0 {
		g.passes--
		return nil, true
	}
	return g.changed, false
}
