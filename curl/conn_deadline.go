package curl

import (
	"context"
	"os"
	"sync"
	"time"
)

// deadline is when the Reads, or the Writes, of a Conn end. Those in progress hold its context, so that a deadline set
// later is theirs too; once it has ended they are given another one.
type deadline struct {
	mu    sync.Mutex // guards the fields below
	timer *time.Timer
	ctx   context.Context
	end   context.CancelCauseFunc
}

// context is what a call that begins now waits with.
func (d *deadline) context() context.Context {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.current()
}

func (d *deadline) current() context.Context {
	if d.ctx == nil {
		d.ctx, d.end = context.WithCancelCause(context.Background())
	}
	return d.ctx
}

// set has the context end at t, or not at all.
func (d *deadline) set(t time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timer != nil && !d.timer.Stop() {
		<-d.ctx.Done() // it is about to: what comes now must not be ended by it
	}
	d.timer = nil
	if d.ctx != nil && d.ctx.Err() != nil {
		d.ctx = nil
	}
	if t.IsZero() {
		return
	}
	d.current()
	if left := time.Until(t); left > 0 {
		end := d.end
		d.timer = time.AfterFunc(left, func() { end(os.ErrDeadlineExceeded) })
	} else {
		d.end(os.ErrDeadlineExceeded)
	}
}
