package curl

import (
	"context"
	"sync/atomic"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// tryMember is try for a member of a Multi, whose connection is in libcurl's multi handle: the call is made by whoever gets
// at that.
func (a *attempt) tryMember(ctx context.Context, in *multi) (again bool) {
	h := a.e.handle()
	var n, code int
	err := in.call(ctx, a.op, a.e, func() error {
		h.mu.Lock()
		err := h.replaced(a.op, a.of) // while this was waited for
		h.mu.Unlock()
		if err != nil {
			return err
		}
		n, code = a.call(h)
		if code := codes.Easy(code); code != codes.OK && code != codes.Again {
			return a.failed(h, code)
		}
		return nil
	})
	return a.conclude(n, code, err)
}

// call has f run for a connect-only member with d.Mu held and no callback in progress, and waits for that, until ctx ends.
// No lock is held.
func (in *multi) call(ctx context.Context, op state.Op, e *Easy, f func() error) error {
	const waiting, running, forgotten = 0, 1, 2
	var phase atomic.Int32
	done := make(chan error, 1)
	in.post(e.h, func(h *handle) {
		if !phase.CompareAndSwap(waiting, running) {
			return
		}
		err := ErrAbandoned // if a callback ends this goroutine
		defer func() { done <- err }()
		h.mu.Lock()
		if h.memberOf != in || h.st != state.Connected {
			v := state.NotConnected
			if h.st == state.Draining || h.st == state.Closed { // while this was waited for
				v = state.ClosedHandle
			}
			err = refusal(op, h.st, state.Outside, v, nil)
			h.mu.Unlock()
			return
		}
		h.calling = true
		h.mu.Unlock()
		var failed error
		panicked := h.within(&in.d.Mu, e, func() { failed = f() })
		h.setCalling(false)
		err = firstPanic(failed, panicked)
		in.end(h) // if it was closed meanwhile
	})
	p := in.carryOut()
	select {
	case err := <-done:
		return firstPanic(err, p)
	case <-ctx.Done():
		if phase.CompareAndSwap(waiting, forgotten) {
			return firstPanic(ended(op.String(), whyDone(ctx)), p)
		}
		return firstPanic(<-done, p)
	}
}
