package curl

import (
	"errors"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// A confined share is the group (lane_route.go) of its members: their transfers run on one lane, whatever the protocol
// and the callbacks, for nothing else is inside libcurl with the share then but what internal/capi/confine.h lets in.

var _ group = (*share)(nil)

// ErrConfined is the cause of the error of a transfer that a member of a ConfinedShare cannot run, because it would be
// inside libcurl beside the others: a connect-only one, whose connection stays with the handle, and one begun with Open
// whose handle has callbacks that must answer while libcurl waits. Detach the handle first.
var ErrConfined = errors.New("a member of a confined share cannot run a connect-only transfer, nor Open one with callbacks " +
	"that must answer on the spot; use Perform, or detach it first")

// lane is part of group.
func (s *share) lane(h *handle) (*lane, error) {
	if h.cell.Keeps() {
		return nil, ErrConfined
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.driven == nil || s.driven.broken() {
		l, err := newLane(driverConfig(), s.c)
		if err != nil {
			return nil, err
		}
		if s.driven != nil {
			s.driven.close()
		}
		s.driven = l
	}
	return s.driven, nil
}

// hold keeps the cell that a transfer is about to run with for as long as a connection of the share may close its socket with it.
// From time to time it looks for those that none does any more.
func (s *share) hold(c capi.Cell) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Claim()
	if _, held := s.held[c]; held {
		return
	}
	if s.look.due(len(s.held)) {
		for old := range s.held {
			if old.Unclaimed() {
				delete(s.held, old)
				old.LetGo()
			}
		}
		s.look.done(len(s.held))
	}
	s.held[c] = struct{}{}
	c.Hold()
}

// over is part of group. A member in flight keeps the lane: the share is not closed meanwhile.
func (s *share) over() {}

// forget is part of group.
func (s *share) forget(h *handle) {
	h.group, h.onSpot = nil, false
	if h.drv != h.own {
		h.drv = h.own
	}
}
