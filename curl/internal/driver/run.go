package driver

import "github.com/seed-0edfda58/gocurl/curl/internal/capi"

// work has libcurl work, after adding the cell unless it is the zero Cell.
func (d *Driver) work(c capi.Cell) capi.Event {
	if ev, ok := d.run(c); ok {
		return ev
	}
	if c.Valid() && d.c.Add(c) != 0 {
		return capi.Failed
	}
	return d.step()
}

// run works and waits in one call of C, and keeps Mu and the turn in the waits: a small request is two steps with a wait
// between them, and going in and out of C three times costs more than all else that a leader does. It reports false when
// somebody wants Mu, the turn or a look, or could be kept waiting: a driver of many goroutines changes hands all the time.
//
// Who comes later ends the wait, as they see holding and sleeping. Only half of the turns can be kept so, as blockers says.
func (d *Driver) run(c capi.Cell) (ev capi.Event, ok bool) {
	if d.polling || d.Guard != nil || d.Window != nil || d.crew.dispatch != nil || d.overdue() {
		return 0, false
	}
	if !d.holding.Load() {
		d.holding.Store(true)
	}
	d.sleeping.Store(true)
	d.runs = true
	defer func() { // also when a callback ends the goroutine
		d.endRun()
		d.sleeping.Store(false)
	}()
	if blocked.Add(1) > blockers || d.wanted.Load() > 0 || d.woken.Swap(false) {
		return 0, false
	}
	return d.c.Run(c, stepBudget.Microseconds(), blockFor.Microseconds()), true
}

// endRun says that the leader may wait no more; in a callback, which may last. What wait may come after it is short.
func (d *Driver) endRun() {
	if d.runs {
		d.runs = false
		blocked.Add(-1)
	}
}
