package curl

import (
	"slices"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

func (s *share) attach(e *Easy) error {
	s.order.Lock()
	defer s.order.Unlock()
	h := e.handle()
	h.mu.Lock()
	defer h.mu.Unlock()
	switch _, err := h.decide(state.Attach); {
	case err != nil:
		return err
	case s.isClosed():
		return &StateError{Op: state.Attach.String(), State: state.Closed.String(), Caller: h.situation().String(), Reason: ErrShareClosed}
	case h.share == s:
		return nil
	case h.share != nil, s.confined && h.group != nil:
		return h.refusal(state.Attach, ErrAttached)
	}
	if s.has(ShareTLSSessions) && h.ownSessions && losesSessions() {
		if err := h.renew(); err != nil {
			return err
		}
	}
	if err := h.setShare(s.c); err != nil {
		return err
	}
	h.share, h.tainted = s, true
	h.ownSessions = h.ownSessions && !s.has(ShareTLSSessions) // a share without leaves them where they are
	if s.confined {
		h.group, h.onSpot = s, true
	}
	s.join(h)
	return nil
}

// setShare attaches the C handle at rest. The caller holds mu. No callback of the user's is called.
func (h *handle) setShare(c capi.Share) error {
	if code := h.cell.SetShare(c); code != 0 {
		return &Error{Op: "set CURLOPT_SHARE", Code: codes.Easy(code), Detail: h.text()}
	}
	return nil
}

func (s *share) detach(e *Easy) error {
	return s.release(e.handle())
}

func (s *share) release(h *handle) error {
	s.order.Lock()
	err := s.detachOrdered(h)
	s.order.Unlock()
	if err == nil {
		s.unref()
	}
	return err
}

func (s *share) detachOrdered(h *handle) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, err := h.decide(state.Detach); err != nil {
		return err
	}
	if h.share != s {
		return h.refusal(state.Detach, ErrNotAttached)
	}
	if err := h.setShare(capi.Share{}); err != nil {
		return err
	}
	s.part(h)
	return nil
}

// part notes that a handle at rest has been detached. The caller holds its mu.
func (s *share) part(h *handle) {
	h.share = nil
	if s.confined {
		s.forget(h)
	}
	s.leave(h)
}

func (s *share) close() error {
	n, err := s.closeOrdered()
	for range n { // with no lock held
		s.unref()
	}
	return err
}

// closeOrdered closes the share for its user and returns how many references that frees. All members are locked at once:
// a Perform that comes meanwhile either counts as in use, or finds its handle detached.
func (s *share) closeOrdered() (freed int, err error) {
	s.order.Lock()
	defer s.order.Unlock()
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return 0, nil
	}
	members := make([]*handle, 0, len(s.members))
	for h := range s.members {
		members = append(members, h)
	}
	s.mu.Unlock()
	for _, h := range members {
		h.mu.Lock()
		defer h.mu.Unlock()
	}
	members = slices.DeleteFunc(members, func(h *handle) bool { return !s.isMember(h) }) // closed meanwhile
	busy := 0
	for _, h := range members {
		if _, err := h.decide(state.Detach); err != nil {
			busy++
		}
	}
	if busy > 0 {
		return 0, &InUseError{InUse: busy, Members: len(members)}
	}
	for i, h := range members {
		if err = h.setShare(capi.Share{}); err != nil {
			for _, h := range members[:i] {
				h.setShare(s.c)
			}
			return 0, err
		}
	}
	for _, h := range members {
		s.part(h)
	}
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	return len(members) + 1, nil
}

// renew gives a handle at rest another C handle with the same options and cookies, and has the old one freed with its
// connections. The caller holds mu.
func (h *handle) renew() error {
	key := slots.put(h)
	cell, code := h.cell.Clone(key)
	if !cell.Valid() {
		slots.drop(key)
		return &Error{Op: "attach", Code: codes.Easy(code)}
	}
	copyCookies(cell, h.cell)
	forgetFiles(h.cell)
	old, oldKey := h.cell, h.key
	old.SetKey(0)
	slots.hide(oldKey)
	h.lost++
	reap(corpse{old, h.own, h.kin, func() {
		slots.drop(oldKey)
		h.mu.Lock()
		defer h.mu.Unlock()
		h.lost--
		if h.st == state.Closed {
			h.finished()
		}
	}})
	h.cell, h.key, h.drv, h.own, h.kin, h.trailed = cell, key, nil, nil, nil, false
	h.turn.Store(turnOf(key))
	return nil
}
