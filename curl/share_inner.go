package curl

import (
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// share is what is behind a Share and a ConfinedShare.
//
// Locks, outer first: order, then the members' mu (of several at once: Close), then mu. A handle is in one share only and
// comes into one only under its order, so no two goroutines lock the mu of several members in different order.
type share struct {
	kinds    map[Kind]bool // never changed
	confined bool          // never changed
	hsts     hstsGiven     // to the members' list

	order sync.Mutex // held over Attach, Detach and Close: members do not become more meanwhile

	mu      sync.Mutex // guards the rest; held for a few instructions only
	c       capi.Share // until refs is 0
	members map[*handle]struct{}
	refs    int                    // C handles that are attached, also of handles that are being freed or were left behind; one more until Close
	closed  bool                   // for the user
	leaked  bool                   // a C handle that is attached was given up
	driven  *lane                  // share_lane.go; nil before the first transfer
	held    map[capi.Cell]struct{} // whose close-socket callback shared connections may call, however long
	look    sweep                  // of held
	done    chan struct{}
}

var neverShared = endedShare()

func endedShare() *share {
	s := &share{closed: true, done: make(chan struct{})}
	close(s.done)
	return s
}

func newShare(op string, confined bool, kinds []Kind) (*share, error) {
	if len(kinds) == 0 {
		return nil, &KindError{Op: op}
	}
	for _, k := range kinds {
		if err := checkKind(op, k); err != nil {
			return nil, err
		}
	}
	if err := loader.Ensure(); err != nil {
		return nil, err
	}
	endTracing()
	s := &share{
		kinds: map[Kind]bool{}, confined: confined, c: capi.NewShare(confined), members: map[*handle]struct{}{}, held: map[capi.Cell]struct{}{}, refs: 1, done: make(chan struct{}),
	}
	if !s.c.Valid() {
		return nil, errors.New("curl: libcurl could not make a share: out of memory")
	}
	for _, k := range kinds {
		f, _ := k.facts()
		switch code := codes.Share(s.c.Add(f.data)); code {
		case codes.ShareOK:
			s.kinds[k] = true
		case codes.ShareBadOption, codes.ShareNotBuiltIn:
			s.c.Free()
			return nil, unsupported("sharing "+f.what, f.since)
		default:
			s.c.Free()
			return nil, fmt.Errorf("curl: sharing %s: %w", f.what, code)
		}
	}
	return s, nil
}

// dropWith ends the share when its user has dropped it: nobody can attach to it any more, and its members keep it.
func (s *share) dropWith(outer any) {
	switch o := outer.(type) {
	case *Share:
		runtime.AddCleanup(o, (*share).dropped, s)
	case *ConfinedShare:
		runtime.AddCleanup(o, (*share).dropped, s)
	}
}

func (s *share) dropped() {
	s.mu.Lock()
	closed := s.closed
	s.closed = true
	s.mu.Unlock()
	if !closed {
		go s.unref() // it may close connections
	}
}

// retire is dropped for a share that others may be attaching to.
func (s *share) retire() {
	s.order.Lock()
	defer s.order.Unlock()
	s.dropped()
}

// join notes a C handle that has been attached, and of which handle, nil for none yet.
func (s *share) join(h *handle) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refs++
	if h != nil {
		s.members[h] = struct{}{}
	}
}

// leave is called when a handle is no member any more. Its C handle may still be attached, until unref.
func (s *share) leave(h *handle) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.members, h)
}

func (s *share) isMember(h *handle) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.members[h]
	return ok
}

// unref is called when a C handle that was attached is gone or detached; the last one takes libcurl's object along. No
// lock is held: connections that are closed with it call back.
func (s *share) unref() {
	if s == nil {
		return
	}
	s.mu.Lock()
	s.refs--
	last := s.refs == 0
	s.mu.Unlock()
	if last { // so nobody else has the share any more
		s.free()
		close(s.done)
	}
}

func (s *share) free() {
	lost := s.leaked
	end := func() { lost = lost || s.c.Free() != 0 }
	if s.driven != nil {
		s.driven.closeThen(end) // its connections are kin of handles that have left it: kin.go
	} else {
		end()
	}
	if lost {
		keepLeakedShare(s.c)
	}
	for c := range s.held {
		if lost {
			keepLeaked(c, nil)
		} else {
			c.LetGo()
		}
	}
}

// leak is unref for a C handle that was given up: libcurl's object has to stay.
func (s *share) leak() {
	if s == nil {
		return
	}
	s.mu.Lock()
	s.leaked = true
	s.mu.Unlock()
	s.unref()
}

func (s *share) ended() <-chan struct{} { return s.done }

func (s *share) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// has says whether the share holds a kind; there may be no share.
func (s *share) has(k Kind) bool { return s != nil && s.kinds[k] }
