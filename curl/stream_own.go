package curl

import (
	"runtime"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
)

// This file has the transfer of a stream on the handle's own driver: whoever reads leads it.

// start adds the transfer to the driver and drives it until Open may return.
func (s *stream) startOwn(e *Easy) (err error, left bool) {
	if s.aside == nil {
		s.pullOwn(e, s.add)
		return nil, false
	}
	return e.aside(s.aside, func() error {
		s.pullOwn(e, s.add)
		return nil
	})
}

// add puts the C handle into the driver. The caller holds the driver's lock. It returns a CURLMcode.
func (s *stream) add() int {
	h, d := s.h, s.drv
	h.failure, h.over, h.result = nil, false, 0
	if h.cell.Attached() { // connect-only before: that connection ends here
		d.C().Remove(h.cell)
	}
	if s.aside != nil {
		d.Guard = s.aside
	}
	return d.C().Add(h.cell)
}

// pullOwn is pull; start, unless nil, is done first. When the C handle is left behind meanwhile it returns without
// touching the stream any more.
func (s *stream) pullOwn(e *Easy, start func() int) {
	h, d, c := s.h, s.drv, s.h.cell // h has another cell when this one is left behind
	d.Enter()
	d.Mu.Lock()
	h.held, h.led, h.easy = &d.Mu, d, e
	returned := false
	defer func() {
		if !returned && h.escaped { // Goexit went through libcurl and through us; no lock is held
			s.aside.end()
			h.abandon(d)
			s.over(ended("read", ErrAbandoned))
		}
	}()
	multi := 0
	if start != nil {
		multi = start()
	}
	for multi == 0 && !s.takeOwn() {
		d.Window = &s.window
		multi = d.Lead(s.untilOwn)
		if multi != driver.GivenUp {
			d.Window = nil
		}
		if s.window.N > 0 {
			break
		}
	}
	if multi != 0 || s.finished() {
		s.landOwn(e, c, multi)
		returned = true
		return
	}
	if s.aside != nil { // names are resolved by now
		h.mu.Lock()
		h.lookup = nil
		h.mu.Unlock()
		s.aside.end()
		s.aside = nil
	}
	h.held, h.led, h.easy = nil, nil, nil
	yield := d.YieldDue()
	d.Mu.Unlock()
	d.Leave()
	returned = true
	if yield {
		runtime.Gosched()
	}
}

// takeOwn takes what is on the tape, and says whether the transfer need not be driven: there is some of the body, or
// Open may return, or the transfer is over. The caller holds the driver's lock.
func (s *stream) takeOwn() bool {
	h := s.h
	if h.stop.Load() != nil || h.failure != nil {
		return true
	}
	if h.want.Load()&uint32(Receiving) != 0 {
		return false
	}
	c := h.cell
	for {
		if c.Take() && c.NextBody() == capi.PlayBody {
			s.left = c.Body()
			return true
		}
		if !c.Full() || !c.Attached() {
			return h.over || c.Answered() && !s.opened
		}
		c.Emptied()
		c.Pause(int(h.want.Load())) // flushes what libcurl has kept onto the tape
	}
}

// finished says that nothing more comes.
func (s *stream) finished() bool {
	h := s.h
	return h.stop.Load() != nil || h.failure != nil || h.over && len(s.left) == 0 && s.window.N == 0 && !h.cell.Recorded()
}

// untilOwn is what Lead asks.
func (s *stream) untilOwn() bool {
	h := s.h
	for h.drv.C().NextNews().Valid() { // it is the only one there can be
	}
	settled := h.settled()
	if h.stop.Load() != nil || h.failure != nil || s.window.N > 0 {
		return true
	}
	return h.want.Load()&uint32(Receiving) == 0 && (settled || h.cell.Recorded() || h.cell.Full())
}

// landOwn ends the transfer for the handle. The caller holds the driver's lock, which it releases.
func (s *stream) landOwn(e *Easy, c capi.Cell, multi int) {
	h, d, l := s.h, s.drv, s.aside
	if multi == driver.GivenUp {
		l.bury(c, d)
		return
	}
	stop := h.stop.Load()
	if !h.detach(c, d, l, stop) {
		l.bury(c, d)
		return
	}
	s.unhook(e)
	s.over(e.landOwn(d, l, multi, stop))
}
