package driver

import (
	"runtime"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

const (
	// stepBudget is how long libcurl may work before the lock is offered to others.
	stepBudget = time.Millisecond
	// yieldEvery is how often a busy leader gives its processor to other goroutines. One that only alternates between
	// short C calls never yields by itself; the runtime's monitor then takes the processor away inside a C call,
	// again and again, which costs a third of the speed of small requests.
	yieldEvery = 5 * time.Millisecond
)

// GivenUp is what Lead returns when the Guard says so. No CURLMcode has this value.
const GivenUp = -1000

// Lead drives the transfers until until() says so, which is asked with Mu held after each step and after each
// posted command. The caller has entered and holds Mu, and both are so again when Lead returns. The error is a CURLMcode.
func (d *Driver) Lead(until func() bool) int { return d.AddAndLead(capi.Cell{}, until) }

// AddAndLead is Lead for a transfer that the driver does not have yet.
func (d *Driver) AddAndLead(c capi.Cell, until func() bool) int {
	if d.crew.told.Load() { // by the one who led before, whose own transfer was among those that ended
		d.hearThem()
	}
	if !c.Valid() && d.woken.Load() { // to look at what is looked at before the first step
		d.woken.Store(false)
	}
	for ; ; c = (capi.Cell{}) {
		if !c.Valid() && d.pending.Load() { // requests that came while the lock was released go out with this step
			if d.Drain(); until() {
				return 0
			}
		}
		if d.Guard != nil {
			d.Guard.Enter()
		}
		ev := d.work(c)
		if d.Guard != nil && !d.Guard.Leave() {
			return GivenUp
		}
		if ev&capi.Failed != 0 {
			code := d.c.Code()
			until() // what has finished in the same step is not left for the next Lead
			return code
		}
		idle := ev == capi.Idle
		if idle {
			ev = 0
		}
		d.more = ev&capi.Ready != 0
		d.Drain()
		if until() {
			return 0
		}
		if ev != 0 && (d.more || !d.c.Dense()) {
			if yield := d.YieldDue(); yield || d.overdue() {
				d.giveWay(yield)
			}
			continue
		}
		if d.crew.told.Load() {
			if d.leadsForOther() {
				return forOther
			}
			d.hearThem()
			if d.woken.Swap(false) {
				continue
			}
		}
		d.sleeping.Store(true)
		if d.woken.Swap(false) {
			d.sleeping.Store(false)
			continue
		}
		if d.holding.Load() {
			d.holding.Store(false)
		}
		d.Mu.Unlock()
		d.wait(idle)
		d.sleeping.Store(false)
		d.Mu.Lock()
	}
}

// hearThem lets those run who have been told of something. What they do about it is often the next request. Before a wait it
// is found in the mail, which saves a system call to end the wait, and mostly a change of threads; and before the next step
// of a dense driver, which is as much work as the last one.
func (d *Driver) hearThem() {
	d.crew.told.Store(false)
	d.giveWay(true)
}

// giveWay lets others have the lock and the turn, and the processor as well with yield.
func (d *Driver) giveWay(yield bool) {
	d.Mu.Unlock()
	d.Leave()
	if yield {
		runtime.Gosched()
	}
	d.Enter()
	d.Mu.Lock()
}

// YieldDue says whether a leader that stops leading should let other goroutines run first, because it has not done so
// for a while. The caller holds Mu.
func (d *Driver) YieldDue() bool {
	now := sinceStart()
	if now-d.lastYield < yieldEvery {
		return false
	}
	d.lastYield = now
	return true
}

var start = time.Now()

// sinceStart is the time by the monotonic clock alone: time.Now reads two.
func sinceStart() time.Duration { return time.Since(start) }
