package curl

import (
	"context"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// Close ends the engine. No transfer begins any more (ErrEngineClosed); those in flight are waited for until ctx ends, and
// then cancelled with ErrEngineClosed as the cause. Then all connections are closed and the handles detached: they are
// not closed, and can be used on their own.
//
// The error is ctx's when transfers had to be cancelled. Close again waits for the first Close. Inside a callback of one of
// the engine's handles it would wait for itself: there it is ErrInCallback, and nothing is done.
func (g *Engine) Close(ctx context.Context) error {
	if g.caches == nil {
		return nil
	}
	if ctx == nil {
		return ended("close", errNilContext)
	}
	for _, h := range g.list() {
		if h.callbacks.Load() > 0 && h.stand() > state.ForeignCallback {
			return ErrInCallback
		}
	}
	g.mu.Lock()
	if g.closing {
		g.mu.Unlock()
		select {
		case <-g.closed:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	g.closing, g.drained = true, make(chan struct{})
	if g.timer != nil {
		g.timer.Stop()
	}
	if g.flying == 0 {
		close(g.drained)
	}
	g.mu.Unlock()

	var err error
	select {
	case <-g.drained:
	case <-ctx.Done():
		g.cancel()
		<-g.drained
		err = ctx.Err()
	}
	for _, h := range g.list() {
		h.mu.Lock()
		if h.group == g {
			g.forget(h)
		}
		h.mu.Unlock()
		_ = g.caches.release(h) // one in flight on its own stays a member until it is closed
	}
	g.caches.retire()
	g.fleet.close()
	close(g.closed)
	return err
}

// cancel ends the transfers in flight.
func (g *Engine) cancel() {
	for _, h := range g.list() {
		h.mu.Lock()
		if h.inFlight() && h.flies {
			h.cancel(ErrEngineClosed)
		}
		h.mu.Unlock()
	}
}

// stand is situation for callers without mu.
func (h *handle) stand() state.Situation {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.situation()
}
