package driver

import (
	"sync"
	"sync/atomic"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// A driver that several goroutines share has a crew: each goroutine that waits for a transfer has a Seat, and one of
// them leads for all. It leads until something has happened for itself, then hands the lead to another that waits, or
// leaves it open when nobody else is busy (open.go). So a transfer costs no hand-off to a goroutine of our own, and there
// is no such goroutine to stop.
//
// The exception: while transfers run whose callbacks must answer inside libcurl, a goroutine of the driver's own leads.
// What such a callback does to its goroutine (runtime.Goexit) must not be done to somebody who waits for another
// transfer.

// Seat is the place of one goroutine on a shared driver. It waits for one thing at a time.
type Seat struct {
	events atomic.Uint32 // what has happened since the goroutine last looked
	wake   chan struct{} // one element: there are events, or it is to lead

	// guarded by the driver's mail
	waiting    bool // in the list of those that can be given the lead
	lead       bool // it has been given the lead
	prev, next *Seat

	// Window, unless nil, is used while the goroutine leads. It sets it before Await.
	Window *Window

	until func() bool // made once
}

// NewSeat makes a seat on the driver.
func (d *Driver) NewSeat() *Seat {
	s := &Seat{wake: make(chan struct{}, 1)}
	s.until = func() bool {
		d.crew.dispatch()
		return s.events.Load() != 0 || s.filled() || d.crew.alone.Load() > 0
	}
	return s
}

// filled says that something has come through the seat's window.
func (s *Seat) filled() bool { return s.Window != nil && s.Window.N > 0 }

// crew is what a shared driver knows of its seats. Guarded by the driver's mail unless it says otherwise.
type crew struct {
	dispatch func()         // set once: tells seats what a step has brought; called with Mu by the leader
	lost     func(code int) // set once: libcurl's multi handle is of no use any more; called without locks

	told    atomic.Bool   // somebody has been woken, and may not have had the processor yet
	alone   atomic.Int32  // transfers that want the driver's own goroutine to lead
	led     bool          // somebody leads, or has been told to
	ended   chan struct{} // closed when nobody leads any more; nil: nobody waits for that
	leader  *Seat         // who, nil: the driver's own goroutine
	waiting *Seat         // the seat that began to wait last; the others follow through next
	open    opening
}

// LostByGoexit is what lost is told when a callback ended the goroutine that led; everything else is a CURLMcode.
const LostByGoexit = -1

// Share makes the driver one for several goroutines. dispatch is called with Mu after each step, and tells seats with
// Notify what has happened; lost is called, without locks and once, when the multi handle cannot be used any more.
// confined is the share whose members' driver it is, or none.
func (d *Driver) Share(dispatch func(), lost func(code int), confined capi.Share) {
	d.c.Share(confined)
	d.crew.dispatch, d.crew.lost = dispatch, lost
}

// LeadAlone changes by n the number of transfers that want the driver's own goroutine to lead.
func (d *Driver) LeadAlone(n int32) { d.crew.alone.Add(n) }

// Alone says that there are such transfers, and so that callbacks may be in progress inside libcurl on a shared driver.
func (d *Driver) Alone() bool { return d.crew.alone.Load() > 0 }

// Notify tells the seat that something has happened. It may be called from anywhere, with any lock but mail.
func (d *Driver) Notify(s *Seat, events uint32) {
	s.events.Or(events)
	d.mail.Lock()
	defer d.mail.Unlock()
	d.crew.open.note(s)
	switch {
	case s.waiting:
		d.crew.unlink(s)
		if !d.crew.told.Load() {
			d.crew.told.Store(true)
		}
		s.wake <- struct{}{}
	case d.crew.leader == s:
		d.wake()
	}
}

// Await waits until something has happened for the seat, leading the driver meanwhile when nobody else does, and
// returns what: nothing when something has come through the window. The caller holds no lock.
func (d *Driver) Await(s *Seat) (events uint32) {
	for {
		if events = s.events.Swap(0); events != 0 || s.filled() {
			return events
		}
		if d.settle(s) && !d.lead(s) {
			continue
		}
		for {
			<-s.wake
			d.mail.Lock()
			lead := s.lead
			s.lead = false
			d.mail.Unlock()
			if !lead || !d.lead(s) {
				break
			}
		}
	}
}

// settle finds out whether the seat is to lead, and lets it wait otherwise.
func (d *Driver) settle(s *Seat) (lead bool) {
	c := &d.crew
	d.mail.Lock()
	defer d.mail.Unlock()
	switch {
	case s.events.Load() != 0:
		s.wake <- struct{}{} // for the caller to find at once
		return false
	case !c.led && c.alone.Load() == 0:
		c.open.note(s) // what begins has much to do that it does not hear of
		c.led, c.leader = true, s
		return true
	case !c.led:
		c.led = true
		go d.leadAlone()
	}
	c.open.note(s)
	c.link(s)
	return false
}

// lead drives everybody's transfers until something has happened for the seat, or until another one should lead; then it
// reports that the seat waits.
func (d *Driver) lead(s *Seat) (waits bool) {
	for {
		d.Enter()
		d.Mu.Lock()
		d.Window = s.Window
		code := d.Lead(s.until)
		d.Window = nil
		d.Mu.Unlock()
		d.Leave()
		if code != forOther {
			d.resign(code, s)
			return false
		}
		if d.leaveOpen(s) {
			return true
		}
	}
}

// leadAlone is lead for the driver's own goroutine.
func (d *Driver) leadAlone() {
	returned := false
	defer func() {
		if !returned {
			d.crew.lost(LostByGoexit)
		}
	}()
	d.Enter()
	d.Mu.Lock()
	code := d.Lead(func() bool {
		d.crew.dispatch()
		return d.crew.alone.Load() == 0
	})
	d.Mu.Unlock()
	d.Leave()
	returned = true
	d.resign(code, nil)
}

// resign hands the lead on, or leaves it open. The seat that began to wait last gets it: its transfer is the youngest, so
// that it leads longest.
func (d *Driver) resign(code int, by *Seat) {
	if code != 0 {
		d.crew.lost(code)
		return // for good: the lead stays with nobody, and the seats have been told
	}
	c := &d.crew
	d.mail.Lock()
	defer d.mail.Unlock()
	c.leader = nil
	switch s := c.waiting; {
	case c.alone.Load() > 0:
		go d.leadAlone()
	case s != nil && d.openFor(by):
	case s != nil:
		c.appoint(s)
	default:
		c.led = false
		if c.ended != nil {
			close(c.ended)
		}
	}
}

// ends waits until the driver's own goroutine has seen that there is nothing to lead any more.
func (c *crew) ends(mail *sync.Mutex) {
	mail.Lock()
	if !c.led {
		mail.Unlock()
		return
	}
	c.ended = make(chan struct{})
	mail.Unlock()
	<-c.ended
}

// appoint gives the lead to a seat that waits.
func (c *crew) appoint(s *Seat) {
	c.unlink(s)
	c.led, c.leader, s.lead = true, s, true
	s.wake <- struct{}{}
}

func (c *crew) link(s *Seat) {
	s.waiting = true
	s.next = c.waiting
	if s.next != nil {
		s.next.prev = s
	}
	c.waiting = s
}

func (c *crew) unlink(s *Seat) {
	s.waiting = false
	if s.prev != nil {
		s.prev.next = s.next
	} else {
		c.waiting = s.next
	}
	if s.next != nil {
		s.next.prev = s.prev
	}
	s.prev, s.next = nil, nil
}
