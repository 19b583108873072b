package curl

import (
	"runtime"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// driveAside is drive where libcurl can block.
func (e *Easy) driveAside(d *driver.Driver, l *lookup, collect *[]byte) error {
	err, _ := e.aside(l, func() error { return e.drive(d, l, collect) })
	return err
}

// aside has another goroutine lead, which is what drive does, and waits until that returns or something stops the
// transfer: then it may be left behind.
func (e *Easy) aside(l *lookup, drive func() error) (err error, left bool) {
	done := make(chan error, 1)
	go func() {
		var err error
		escaped := true
		defer func() {
			if escaped {
				close(done)
				return
			}
			done <- err
		}()
		err = drive()
		escaped = false
	}()
	for {
		select {
		case err, ok := <-done:
			if !ok {
				runtime.Goexit() // as a callback did over there; elsewhere it would have ended this goroutine
			}
			return err, false
		case <-l.waiting:
			l.stop.give()
			if l.early() {
				continue
			}
			if e.h.turn.CompareAndSwap(turnOf(l.key)|offered, nobody) {
				return e.leaveBehind(l), true
			}
		}
	}
}

// patience is how long a transfer that was stopped may take to come out of libcurl by itself. What stays inside is not
// known to wait, and mostly does not; a resolver is known to.
const patience = 100 * time.Millisecond

// early says that it is too early to leave the C handle behind; there will be another kick.
func (l *lookup) early() bool {
	if !l.stays {
		return false
	}
	if l.stopped.IsZero() {
		l.stopped = time.Now()
		time.AfterFunc(patience, l.kick)
	}
	return time.Since(l.stopped) < patience
}

// kick has driveAside look whether the C handle can be left behind now. It never waits.
func (l *lookup) kick() {
	select {
	case l.waiting <- struct{}{}:
	default:
	}
}

// leaveBehind ends the transfer without waiting for libcurl. The caller has just taken the turn.
func (e *Easy) leaveBehind(l *lookup) error {
	h := e.h
	leftBehind.add(1)
	h.mu.Lock()
	err := h.stopped(h.stop.Load())
	slots.hide(l.key)
	h.cell, h.key, h.drv, h.own = l.twin, l.twinKey, nil, nil
	h.turn.Store(turnOf(h.key))
	h.lookup, h.held, h.led, h.easy, h.failure, h.collect = nil, nil, nil, nil, nil, nil
	h.stream = nil
	h.lost++
	h.stop.Store(nil)
	if h.st == state.InFlight {
		h.st = state.Idle
	}
	return firstPanic(err, e.settle())
}

// bury frees a C handle that was left behind, as soon as libcurl lets go of it. The leader calls it when it comes out of
// libcurl, holding the driver's lock, which it releases; the handle belongs to others now.
func (l *lookup) bury(c capi.Cell, d *driver.Driver) {
	d.Mu.Unlock()
	forgetFiles(c)
	freeC(c, d)
	l.share.unref()
	slots.drop(l.key)
	leftBehind.add(-1)
	h := l.h
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lost--
	if h.st == state.Closed {
		h.finished()
	}
}
