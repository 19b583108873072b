//go:build cgo

package capi

/*
#include "driver.h"
#include "cell.h"

// cgo checks every pointer to a struct with pointers in it for memory of Go's, by going through all of the program's
// data: 130 ns for one that is C's. So what is called for each transfer, or each piece of one, takes numbers.
static int step(uintptr_t d, int64_t budget) { return gocurl_driver_step((struct gocurl_driver *)d, budget); }
static int run(uintptr_t d, uintptr_t c, int64_t budget, int64_t usec)
{
	return gocurl_driver_run((struct gocurl_driver *)d, (struct gocurl_cell *)c, budget, usec);
}
static int wait_for(uintptr_t d, int64_t usec) { return gocurl_driver_wait((struct gocurl_driver *)d, usec); }
static int64_t due(uintptr_t d) { return gocurl_driver_due((struct gocurl_driver *)d); }
static int add(uintptr_t d, uintptr_t c) { return gocurl_driver_add((struct gocurl_driver *)d, (struct gocurl_cell *)c); }
static int take_out(uintptr_t d, uintptr_t c) { return gocurl_driver_remove((struct gocurl_driver *)d, (struct gocurl_cell *)c); }
*/
import "C"

import "unsafe"

// Driver is one libcurl multi handle with the means to wait for it. The zero Driver is none.
type Driver struct{ p *C.struct_gocurl_driver }

// Event says what a step or a wait found, as bits.
type Event int

// The bits of an Event.
const (
	Finished Event = C.GOCURL_FINISHED // cells are finished: NextDone
	Woken    Event = C.GOCURL_WOKEN    // somebody called Wake
	Ready    Event = C.GOCURL_READY    // there is more to do at once
	Failed   Event = C.GOCURL_FAILED   // the multi handle reported an error: Code
	News     Event = C.GOCURL_NEWS     // cells have something on their tapes: NextNews
	Idle     Event = C.GOCURL_IDLE     // a wait was in vain
)

// NewDriver makes a multi handle. polling chooses curl_multi_wait instead of event mode; quickExit is for libcurl
// 8.20.0 on. code is a CURLMcode, or a negative errno when the system has no descriptors left.
func NewDriver(polling, quickExit bool) (d Driver, code int) {
	var failed C.int
	d.p = C.gocurl_driver_new(flag(polling), flag(quickExit), &failed)
	return d, int(failed)
}

func (d Driver) number() C.uintptr_t { return C.uintptr_t(uintptr(unsafe.Pointer(d.p))) }

// Valid says whether there is a multi handle.
func (d Driver) Valid() bool { return d.p != nil }

// Free ends the multi handle; close-socket callbacks may run until it returns.
func (d Driver) Free() { C.gocurl_driver_free(d.p) }

// Add starts the cell's transfer with the next step. code is a CURLMcode.
func (d Driver) Add(c Cell) (code int) { return int(C.add(d.number(), c.address())) }

// Remove takes the cell out, whatever its transfer is doing. It may enter callbacks.
func (d Driver) Remove(c Cell) (code int) { return int(C.take_out(d.number(), c.address())) }

// Step lets libcurl work, for about budget microseconds at most. It enters callbacks.
func (d Driver) Step(budget int64) Event { return Event(C.step(d.number(), C.int64_t(budget))) }

// Run adds the cell unless it is the zero Cell, then steps and waits until there is something to report, a wait of usec
// microseconds was in vain, or so many are over. For a driver that is neither polling nor shared; the lock stays with the
// leader in the waits. It enters callbacks. What Failed means is in Code, also when the cell could not be added.
func (d Driver) Run(c Cell, budget, usec int64) Event {
	return Event(C.run(d.number(), c.address(), C.int64_t(budget), C.int64_t(usec)))
}

// Wait waits for sockets, libcurl's timer or Wake, at most usec microseconds (-1: as long as it takes). Only the
// leader of the driver calls it: with the driver's lock when polling, for then it can enter callbacks, or when Dense;
// else without.
func (d Driver) Wait(usec int64) Event { return Event(C.wait_for(d.number(), C.int64_t(usec))) }

// Dense says that all transfers have a turn in each step, as long as most of them are busy. Then Wait is called with the
// driver's lock, and is short. For the leader.
func (d Driver) Dense() bool { return d.p.dense != 0 }

// Thin has the next step end that.
func (d Driver) Thin() { d.p.crowded = 0 }

// Due is the time until libcurl's timer in microseconds, 0 when it is due, -1 when there is none.
func (d Driver) Due() int64 { return int64(C.due(d.number())) }

// LookNever is for tests: from now on no driver looks at all its transfers from time to time, so that a transfer which only
// goes on for that reason shows.
func LookNever() { C.gocurl_look_never() }

// DenseAlways is for tests: from now on every driver is Dense that can be, however few transfers are busy.
func DenseAlways() { C.gocurl_dense_always() }

// Code is the CURLMcode behind the last Failed.
func (d Driver) Code() int { return int(d.p.code) }

// NextDone takes one finished cell, the zero Cell when there is none.
func (d Driver) NextDone() Cell {
	c := d.p.done
	if c != nil {
		d.p.done = c.next_done
	}
	return Cell{c}
}

// NextNews takes one cell that has something on its tape or wants data to send, the zero Cell when there is none.
func (d Driver) NextNews() Cell {
	c := d.p.news
	if c != nil {
		d.p.news = c.next_news
		c.noted = 0
	}
	return Cell{c}
}

// Share makes it a driver for many handles, before the first is added; for the members of a confined share, unless that is
// the zero Share. A handle does not bring its own limit of idle connections any more, and only those that watch progress
// are looked at every second.
func (d Driver) Share(confined Share) { C.gocurl_driver_share(d.p, confined.p) }

// Limit sets a numeric option of the multi handle. code is a CURLMcode; what the running libcurl lacks is refused.
func (d Driver) Limit(id int32, value int64) (code int) {
	return int(C.gocurl_driver_limit(d.p, C.int32_t(id), C.long(value)))
}

// WakeFD is the descriptor for Wake.
func (d Driver) WakeFD() int { return int(d.p.wake_write) }

// Wake makes the current or next Wait on the driver of this descriptor return. The driver must not be freed yet.
func Wake(fd int) { C.gocurl_driver_wake(C.int(fd)) }

func flag(b bool) C.int {
	if b {
		return 1
	}
	return 0
}
