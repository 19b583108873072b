package driver

import (
	"time"
)

// Where one goroutine makes one request after the other beside transfers that wait for minutes, one of those would lead:
// each request then is two changes of goroutines, and mostly one of threads, which costs as much as a small request itself.
// So when nothing has happened for anybody else in a while, the lead is left open for the one who is busy. Its next
// request leads by itself, as if there were nobody else.
//
// If it does not come back soon, a timer gives the lead to one who waits: that is how long something can be seen late
// that happens for the others, and it is little beside how long nothing has happened for them.
const (
	quietFor = 20 * time.Millisecond
	openFor  = time.Millisecond // Go's poller knows no shorter times
)

// forOther is what Lead returns when another seat should lead. No CURLMcode has this value.
const forOther = -1001

// opening is what a crew knows about the lead being open. Guarded by the driver's mail.
type opening struct {
	busy  *Seat         // the only one for which something has happened, or that has begun to wait
	since time.Duration // since then, by sinceStart; 0: since about now
	at    time.Duration // when the lead was left open last
	timer *time.Timer   // for look, nil until there has to be one
	set   bool          // look will come
}

// note says that something has happened for the seat.
func (o *opening) note(s *Seat) {
	if o.busy != s {
		o.busy, o.since = s, 0
	}
}

// leadsForOther says that the leader leads for another, the only busy one, and should not. The caller leads.
func (d *Driver) leadsForOther() bool {
	d.mail.Lock()
	defer d.mail.Unlock()
	s, busy := d.crew.leader, d.crew.open.busy
	return s != nil && busy != nil && s != busy && d.quietBut(busy)
}

// leaveOpen takes the lead from a seat for which leadsForOther has said so, and lets it wait. It reports false when it has to go
// on. The caller leads, and has given up Mu and its turn.
func (d *Driver) leaveOpen(s *Seat) bool {
	c := &d.crew
	d.mail.Lock()
	defer d.mail.Unlock()
	busy := c.open.busy
	if s.events.Load() != 0 || !d.quietBut(busy) {
		return false
	}
	switch {
	case busy.waiting: // it has been quicker
		c.appoint(busy)
	case d.pending.Load():
		return false
	default:
		d.open()
	}
	c.link(s)
	c.told.Store(false) // there is just the one who is to lead
	return true
}

// openFor leaves the lead open when only this seat is busy. The caller leads, and holds mail.
func (d *Driver) openFor(s *Seat) bool {
	if s == nil || d.pending.Load() {
		return false
	}
	d.crew.open.note(s)
	if !d.quietBut(s) {
		return false
	}
	d.open()
	return true
}

// quietBut says that for a while nothing has happened for anybody but the busy seat. The caller leads, and holds mail.
func (d *Driver) quietBut(busy *Seat) bool {
	if d.more || d.crew.alone.Load() > 0 {
		return false
	}
	now, o := sinceStart(), &d.crew.open
	if o.since == 0 {
		o.since = now
	}
	o.at = now
	return now-o.since >= quietFor
}

// open leaves the lead open. The caller leads, and holds mail.
func (d *Driver) open() {
	c, o := &d.crew, &d.crew.open
	c.led, c.leader = false, nil
	if !o.set {
		o.set = true
		o.wait(d, openFor)
	}
}

func (o *opening) wait(d *Driver, t time.Duration) {
	if o.timer == nil {
		o.timer = time.AfterFunc(t, d.look)
	} else {
		o.timer.Reset(t)
	}
}

// look comes when the lead has been open for a while, or was.
func (d *Driver) look() {
	c, o := &d.crew, &d.crew.open
	d.mail.Lock()
	defer d.mail.Unlock()
	o.set = false
	if c.led || c.waiting == nil {
		return
	}
	if left := openFor - (sinceStart() - o.at); left > 0 {
		o.set = true
		o.wait(d, left)
		return
	}
	o.since = 0 // not again for a while
	if c.alone.Load() > 0 {
		c.led = true
		go d.leadAlone()
		return
	}
	c.appoint(c.waiting)
}
