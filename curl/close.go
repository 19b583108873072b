package curl

import (
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// Close ends the handle and frees what belongs to it. It may be called from anywhere, more than once, and never waits
// for a transfer: one in flight is cancelled (its Perform returns ErrClosed) and the handle freed after it, a Close
// inside a callback takes effect when the callback has returned. Done tells when the C handle is gone.
//
// At rest the C handle is freed before Close returns, which can call the handle's callbacks (open connections are
// closed) and, for protocols that say goodbye, tell the server; on Linux the answer is not waited for.
//
// The error is always nil; the result makes Easy an io.Closer.
//
// https://curl.se/libcurl/c/curl_easy_cleanup.html
func (e *Easy) Close() error {
	h := e.handle()
	h.mu.Lock()
	switch v, _ := h.decide(state.Close); v {
	case state.Do, state.Queue, state.Defer:
		switch in := h.memberOf; {
		case h.inFlight():
			h.cancel(ErrClosed)
		case in != nil && (v != state.Do || h.st == state.Connected || h.offered):
			in.post(h, in.end) // of which a call on the handle in progress is no business: settle
		case v == state.Do:
			return reraise(e.free())
		}
		h.st = state.Draining // whoever is inside libcurl frees the handle when it comes out: settle
	}
	in := h.memberOf
	h.mu.Unlock()
	return reraise(in.carryOut())
}

// Done is closed when the C handle is gone and no callback of this handle can run any more.
func (e *Easy) Done() <-chan struct{} {
	h := e.handle()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.done == nil {
		h.done = make(chan struct{})
		if h.st == state.Closed && h.lost == 0 {
			close(h.done)
		}
	}
	return h.done
}

// free ends the handle at rest. The caller holds mu; free releases it, and returns the panic of a callback.
func (e *Easy) free() (err error) {
	h := e.h
	g := e.guard
	e.guard = nil
	h.memberOf.forget(h)
	h.disconnect()
	if h.group != nil {
		h.group.forget(h)
	}
	s := h.share
	s.leave(h)
	if !h.tainted && h.own == nil && spares.give(spare{h.cell, h.key, g}) {
		h.key = 0 // goes with the C handle
	} else {
		g.end()
		h.st, h.freeing = state.Draining, true
		h.mu.Unlock()
		if h.own != nil {
			h.own.Enter() // first: whoever leads kin has his turn, and waits for its lock
		}
		lock := lockKin(h.kin) // in h.held; others are refused at once instead of waiting for mu
		h.led = h.own
		err = h.within(lock, e, func() { freeC(h.cell, h.own) })
		lock.Unlock()
		s.unref()
		h.mu.Lock()
		h.share = nil
	}
	h.cell, h.drv, h.own, h.kin, e.fn = capi.Cell{}, nil, nil, nil, noFunctions()
	h.closed()
	h.mu.Unlock()
	return err
}

// freeC frees what libcurl and the driver hold. It can enter callbacks until it returns; the cell goes last, because
// connections that the driver still has carry it.
func freeC(c capi.Cell, d *driver.Driver) {
	if d != nil {
		d.Enter()
		defer d.Leave()
		d.C().Remove(c) // at rest nobody leads the driver; taking its lock here, inside the handle's, would be the wrong order
	}
	c.Retire()
	if d != nil {
		d.Close()
		c.SetDetached()
	}
	c.Free()
}

// closed notes that the C handle is gone. The caller holds mu.
func (h *handle) closed() {
	h.st = state.Closed
	h.leaveURL()
	if h.key != 0 {
		slots.drop(h.key)
		h.key = 0
	}
	h.finished()
}

func (h *handle) finished() {
	if h.done != nil && h.lost == 0 {
		close(h.done)
	}
}

// abandoned counts C handles leaked because Goexit left a callback.
var abandoned atomic.Int64

// Abandoned is the number of C handles that were given up, and leaked, because runtime.Goexit left a callback. A
// program that does not end goroutines inside callbacks reads 0.
func Abandoned() int64 { return abandoned.Load() }

// leaked keeps what was given up reachable, so that a leak checker can tell it from what was lost by mistake.
var leaked struct {
	mu      sync.Mutex
	cells   []capi.Cell
	drivers []capi.Driver
	shares  []capi.Share
}

func keepLeaked(c capi.Cell, d *driver.Driver) {
	leaked.mu.Lock()
	defer leaked.mu.Unlock()
	leaked.cells = append(leaked.cells, c)
	if d != nil {
		leaked.drivers = append(leaked.drivers, d.C())
	}
}

func keepLeakedShare(s capi.Share) {
	leaked.mu.Lock()
	defer leaked.mu.Unlock()
	leaked.shares = append(leaked.shares, s)
}

func reportAbandoned() {
	n := abandoned.Add(1)
	slog.Error("gocurl: a callback ended its goroutine (runtime.Goexit, or t.FailNow); its C handle is leaked", "leaked", n)
}
