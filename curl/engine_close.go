package curl

import (
	"context"
	"fmt"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// Close ends the engine. No transfer begins any more (ErrEngineClosed); those in flight are waited for until ctx ends, and
// then cancelled with ErrEngineClosed as the cause. Then all connections are closed and the handles detached: they are
// not closed, and can be used on their own.
//
// The error is ctx's, with its cause, when transfers had to be cancelled. Close again waits for the first Close, or until its own
// ctx ends. Inside a callback of one of the engine's handles it would wait for itself: there it is a *StateError with
// ErrInCallback, and nothing is done.
func (g *Engine) Close(ctx context.Context) error {
	if g == nil || g.caches == nil {
		return nil
	}
	if ctx == nil {
		return ended("close", errNilContext)
	}
	for _, h := range g.list() {
		if h.callbacks.Load() > 0 && h.stand() > state.ForeignCallback {
			return h.refuse(state.Close, ErrInCallback)
		}
	}
	g.mu.Lock()
	if g.closing {
		g.mu.Unlock()
		return waitFor(ctx, g.closed)
	}
	g.closing, g.drained = true, make(chan struct{})
	if g.timer != nil {
		g.timer.Stop()
	}
	if g.flying == 0 {
		close(g.drained)
	}
	g.mu.Unlock()

	err := waitFor(ctx, g.drained)
	if err != nil {
		g.cancel()
		<-g.drained
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

// waitFor returns when done is closed, or why ctx has ended before that.
func waitFor(ctx context.Context, done <-chan struct{}) error {
	select { // nothing is waited for when it is done: that ctx has ended as well does not matter
	case <-done:
		return nil
	default:
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("curl: Close of an engine: %w", whyDone(ctx))
	}
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
