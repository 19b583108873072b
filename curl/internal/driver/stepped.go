package driver

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// Stepped makes a Driver of a multi handle that nobody leads: its user steps it with calls of their own, which hold Mu,
// and what is posted is carried out by whoever finds that no libcurl call is in progress.
func Stepped(c capi.Driver) *Driver {
	return &Driver{c: c, polling: true, stepped: true, wakeFD: c.WakeFD(), lastYield: sinceStart(), knock: make(chan struct{}, 1)}
}

// Pending says whether there is something for Drain.
func (d *Driver) Pending() bool { return d.pending.Load() }

// Poll calls wait, which waits inside libcurl until Wake at the latest, unless somebody else wants Mu: then it reports
// false. Mu is held.
func (d *Driver) Poll(wait func()) bool {
	d.waiting.Store(true)
	d.sleeping.Store(true)
	defer func() {
		d.sleeping.Store(false)
		d.waiting.Store(false)
	}()
	if d.wanted.Load() > 0 || d.woken.Swap(false) { // who comes later sees waiting and sleeping
		return false
	}
	wait()
	return true
}

// Silence ends Post and Wake: the multi handle is about to be freed. The caller holds Mu.
func (d *Driver) Silence() {
	d.mail.Lock()
	defer d.mail.Unlock()
	d.wakeFD = -1
	d.posted = nil
	d.pending.Store(false)
}
