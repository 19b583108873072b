package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// This file has the transfer of a stream on a lane: whoever reads waits for it on its seat, and leads the lane when
// nobody else does.

// startLane begins the transfer and waits until Open may return.
func (s *stream) startLane(e *Easy) {
	f := s.h.flight
	f.ready(e)
	if err := s.lane.begin(f); err != nil {
		f.playing.Lock()
		s.over(e.land(s.lane, err))
		return
	}
	s.pullLane(e)
}

// pullLane is pull.
func (s *stream) pullLane(e *Easy) {
	h, l, f := s.h, s.lane, s.h.flight
	f.playing.Lock()
	h.held, h.easy = &f.playing, e
	returned := false
	defer func() {
		if !returned && h.escaped { // Goexit in a callback that was played: libcurl had no frames on this stack
			f.seat.Window = nil
			f.crash()
			s.landLane(e)
			s.err = ended("read", errUnwound)
		}
	}()
	for !s.takeLane() {
		if len(s.window.P) > 0 && !f.heldIn {
			f.seat.Window = &s.window
		}
		events := l.drv.Await(f.seat)
		f.seat.Window = nil
		f.look(events)
		if s.window.N > 0 {
			break
		}
	}
	returned = true
	if f.over && (h.stop.Load() != nil || h.failure != nil || f.gone || len(s.left) == 0 && s.window.N == 0 && !f.mine) {
		s.landLane(e)
		return
	}
	h.held, h.easy = nil, nil
	f.playing.Unlock()
}

// takeLane does what events have asked for, as flight.step does, up to the next of the body. It says whether that, or the
// end of the transfer, has come, or Open may return.
func (s *stream) takeLane() bool {
	h, f, c := s.h, s.h.flight, s.h.cell
	if f.gone {
		return true
	}
	for h.failure == nil && h.stop.Load() == nil {
		f.heldIn = h.want.Load()&uint32(Receiving) != 0 && f.mine // Resume comes with an event
		switch {
		case f.hungry && !f.heldOut && !f.over:
			f.fill()
		case f.mine && !f.heldIn:
			how := c.NextBody()
			if how == capi.PlayBody {
				s.left = c.Body()
				return true
			}
			f.played(how)
		case !f.mine && f.over && c.Take():
			f.mine = true
		default:
			return !f.mine && (f.over || c.Answered() && !s.opened)
		}
	}
	return f.over
}

// landLane ends the transfer for the handle. The caller has locked playing.
func (s *stream) landLane(e *Easy) {
	f, d := s.h.flight, s.lane.drv
	s.lane.end(f)
	if !f.gone {
		d.Lock()
		s.unhook(e)
		d.Mu.Unlock()
	}
	s.over(e.land(s.lane, nil))
}
