package driver

import (
	"sync/atomic"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

const (
	// blockFor is how long a leader waits inside C before it parks in Go's poller. Most answers on a fast network
	// come earlier, and blocking wakes sooner than the poller (67 us a request against 115 us).
	blockFor = 5 * time.Millisecond
	// denseFor is how long a dense driver waits: something has to happen in that time for it to stay so.
	denseFor = time.Millisecond
	// pollFor is how long a leader polls; while others queue for it, down to pollAtLeast.
	pollFor, pollAtLeast = 50 * time.Millisecond, 5 * time.Millisecond
)

var (
	polling   atomic.Int32 // how many poll, or queue for it
	blocked   atomic.Int32
	pollSlots = make(chan struct{}, pollers)
)

// wait returns when a step would find something to do; idle says that a wait inside C was in vain. The caller does not
// hold Mu; it has a turn, and has one again when wait returns.
func (d *Driver) wait(idle bool) {
	if d.polling {
		d.Leave()
		d.waitPolling()
		d.Enter()
		return
	}
	if d.c.Dense() {
		d.Leave()
		d.waitDense()
		d.Enter()
		return
	}
	if !idle {
		if blocked.Add(1) <= blockers {
			d.Leave()
			ev := d.c.Wait(blockFor.Microseconds())
			blocked.Add(-1)
			d.Enter()
			if ev != 0 {
				return
			}
		} else {
			blocked.Add(-1)
		}
	}
	if d.readyToPark() {
		d.park()
	} else {
		d.Leave()
		d.waitPolling()
	}
	d.Enter()
}

// waitDense waits for the answers of busy transfers, which come soon; when too many leaders do so the driver goes back to
// events.
func (d *Driver) waitDense() {
	defer blocked.Add(-1)
	if blocked.Add(1) > blockers {
		d.c.Thin()
		return
	}
	d.Mu.Lock()
	d.holding.Store(true)
	if d.wanted.Load() == 0 { // else somebody waits for Mu, and gets it first; who comes later sees holding
		d.c.Wait(denseFor.Microseconds())
	}
	d.holding.Store(false)
	d.Mu.Unlock()
}

// waitPolling waits inside C, with a bounded number of threads. The longer the queue, the shorter it polls.
func (d *Driver) waitPolling() {
	queue := polling.Add(1)
	defer polling.Add(-1) // also when a callback ends the goroutine
	select {
	case pollSlots <- struct{}{}:
		d.polls = true
		if d.polling {
			d.Mu.Lock()
		}
		if d.wanted.Load() == 0 { // else somebody waits for Mu, and gets it first
			d.c.Wait(max(pollAtLeast, pollFor*pollers/time.Duration(max(queue, pollers))).Microseconds())
		}
		if d.polling {
			d.Mu.Unlock()
		}
		d.endPoll()
	case <-d.knock: // the queue may be long
	}
}

// endPoll gives the turn to poll back. In a poll, a callback does: what is left of the poll afterwards is short.
func (d *Driver) endPoll() {
	if d.polls {
		d.polls = false
		<-pollSlots
	}
}

// park waits in Go's poller. The poller is edge-triggered: it is asked only after an empty look in the same turn,
// which RawConn.Read does by calling look first and again after each edge.
func (d *Driver) park() {
	due := d.c.Due()
	if due >= 0 {
		d.parked.file.SetReadDeadline(time.Now().Add(time.Duration(due) * time.Microsecond))
	} else {
		d.parked.file.SetReadDeadline(time.Time{})
	}
	d.Leave()
	d.parked.raw.Read(func(uintptr) bool {
		d.Enter() // everybody may be woken at once
		if d.c.Wait(0)&capi.Ready != 0 {
			return true
		}
		d.Leave()
		return false
	})
	d.c.Unpark()
	d.lastYield = sinceStart() // other goroutines have run; waits inside C keep the processor
}
