package curl

import "errors"

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
	if _, held := s.held[h.cell]; !held && h.cell.ClosesSockets() {
		s.held[h.cell] = struct{}{}
		h.cell.Hold()
	}
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

// over is part of group. A member in flight keeps the lane: the share is not closed meanwhile.
func (s *share) over() {}

// forget is part of group.
func (s *share) forget(h *handle) {
	h.group, h.onSpot = nil, false
	if h.drv != h.own {
		h.drv = h.own
	}
}
