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
	// blockers is how many leaders may wait inside C at once: each costs a thread.
	blockers = 8
	// pollers is the same for drivers that have nothing to park on; more of them queue.
	pollers = 48
	pollFor = 50 * time.Millisecond
)

var (
	blocked   atomic.Int32
	pollSlots = make(chan struct{}, pollers)
)

// wait returns when a step would find something to do. The caller does not hold Mu.
func (d *Driver) wait() {
	if d.polling {
		d.waitPolling()
		return
	}
	if blocked.Add(1) <= blockers {
		ev := d.c.Wait(blockFor.Microseconds())
		blocked.Add(-1)
		if ev != 0 {
			return
		}
	} else {
		blocked.Add(-1)
	}
	if !d.readyToPark() {
		d.waitPolling()
		return
	}
	d.park()
}

// waitPolling waits inside C, with a bounded number of threads. Turns are short, so that a queue of waiting leaders
// moves on.
func (d *Driver) waitPolling() {
	select {
	case pollSlots <- struct{}{}:
		defer func() { <-pollSlots }() // also when a callback ends the goroutine
		if !d.polling {
			d.c.Wait(pollFor.Microseconds())
			return
		}
		d.Mu.Lock()
		if d.wanted.Load() == 0 { // else somebody waits for Mu, and gets it first
			d.c.Wait(pollFor.Microseconds())
		}
		d.Mu.Unlock()
	case <-d.knock: // the queue may be long
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
	d.parked.raw.Read(func(uintptr) bool {
		return d.c.Wait(0)&capi.Ready != 0
	})
	d.lastYield = time.Now() // other goroutines have run; waits inside C keep the processor
}
