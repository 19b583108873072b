package curl

import (
	"os"
	"sync"
	"sync/atomic"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// handle is what is behind an Easy: the C handle, its state and its driver.
//
// It never refers to the Easy, nor to anything the user gave, except while a call is inside libcurl. So an Easy that
// is dropped without Close can be collected although its callbacks capture it, while the slot table and libcurl still
// know the handle.
//
// Locks, outer first: a share's order, the driver's Mu, then mu. mu is held across libcurl calls on a handle at rest; a call that may
// enter callbacks marks the handle as calling. In flight libcurl runs under the driver's Mu alone. Either way the lock
// is in held, and released while a callback runs. Only the freeing of a handle has a lock of its own in held: nobody
// else may touch the handle any more, and those who try are not to wait.
type handle struct {
	mu sync.Mutex // guards the fields below, unless they say otherwise

	st          state.State
	calling     bool           // a call on the handle is inside libcurl and may be in a callback, a transfer's apart; or is about to be made: multi.later
	freeing     bool           // somebody frees the C handle, and has given mu away for that
	tainted     bool           // the C handle has seen a transfer, cookies or the like: never reused for another Easy
	reset       bool           // a callback asked for a reset, which waits for the end of the transfer or call
	trailed     bool           // the C handle is not fit for another transfer: trailersOnce
	staleURL    bool           // the C handle is to be told that there is no url any more
	ownSessions bool           // the C handle may have a cache of TLS sessions of its own: losesSessions
	onSpot      bool           // it may use group's lanes although it has callbacks that must answer on the spot
	flies       bool           // the transfer in flight is on a lane
	offered     bool           // the function that decides about a pushed stream has it
	cell        capi.Cell      // zero once closed
	drv         *driver.Driver // what runs its transfers now: own, or the driver of what it belongs to; replaced only at rest
	own         *driver.Driver // the private driver, nil before the first transfer that needs one
	key         uintptr        // in slots, 0 once closed
	group       group          // the engine or confined share whose lanes its transfers use, nil: none

	// What each callback looks at is together: the data that libcurl has copied before has pushed everything out of the
	// processor's nearest cache.
	memberOf  *multi                // whose member it is; in flight changed with its driver's lock as well
	lookup    *lookup               // of the transfer in flight, nil where no resolver can block; set under mu, used with the turn
	turn      atomic.Uint64         // resolver_turn.go
	callbacks atomic.Int32          // callbacks of this handle in progress, as each of them says
	want      atomic.Uint32         // directions that are to be paused; this and the next three are written under mu
	resumes   atomic.Uint32         // counts calls of Resume, so that a pause returned by a callback cannot miss one
	steering  atomic.Bool           // applyPause is posted and has not begun
	stop      atomic.Pointer[error] // why the transfer in flight is to end, nil: it is not

	// These belong to the goroutine that is inside libcurl with the handle, and are read and written with the lock in
	// held. held itself is set before entering libcurl.
	held    *sync.Mutex
	led     *driver.Driver // who is told of callbacks; nil for a call at rest
	easy    *Easy          // the owner of the callbacks
	collect *[]byte        // Fetch: where body data goes
	failure error          // the first error or panic of a callback
	result  int            // the transfer's CURLcode
	multi   int            // the CURLMcode, when it could not be started
	over    bool           // libcurl reported the transfer's end
	escaped bool           // Goexit left a callback: libcurl's frames are lost
	framed  bool           // the read function in progress has begun a WebSocket frame
	opened  bool           // a part of the form may have been left open

	// Guarded by mu again.
	run       uint64        // counts transfers
	gone      error         // why the handle is closed, when it was not its user
	done      chan struct{} // made by Done, closed when the C handle is gone
	proxy     proxySetting
	share     *share                // the one it is a member of
	url       *parsedURL            // that it is attached to; nil: it has a text, or none
	lost      int                   // C handles that were left behind and are not gone yet: resolver.go
	flight    *flight               // its part in transfers on a lane, nil before the first
	kin       *driver.Driver        // that others use as well, and the C handle's last transfer ran on; nil: none. kin.go
	stream    *stream               // whose body somebody reads, of the transfer in flight; nil: it is none of that kind
	guests    int                   // goroutines that have, or wait for, the driver's lock for a call: acquire
	watches   map[*os.File]struct{} // on which a Send or Recv waits for the connection's socket
	unwatched *os.File              // the same for the next one to wait; nil: there is none
	frameTurn chan struct{}         // made by frames
	parted    chan struct{}         // made by parting, and closed when the handle gives up the connection that it has now
	hsts      *hstsGiven            // what it has been given by an HSTS read function; nil: nothing yet. Used by that callback
	closer    uint64                // of the close-socket function, in every Multi it was in; 0: none yet
}

// handle is what every method starts with: the handle behind e, or for the zero Easy (and none at all) one that is closed.
func (e *Easy) handle() *handle {
	if e == nil || e.h == nil {
		return &neverOpen
	}
	return e.h
}

var neverOpen = handle{st: state.Closed}

// situation says where the caller stands as seen from the handle. The caller holds mu.
func (h *handle) situation() state.Situation {
	if h.callbacks.Load() == 0 && h.memberOf == nil && (h.group == nil || h.drv == nil || !h.drv.Alone()) {
		return state.Outside // nobody is in a callback of this handle, nor in one of another handle on its driver
	}
	var d capi.Driver
	if h.drv != nil && !h.drv.Closed() {
		d = h.drv.C()
	}
	switch capi.Where(h.cell, d) {
	case capi.Own:
		if h.calling {
			return state.NestedCallback
		}
		return state.OwnCallback
	case capi.Sibling:
		return state.SiblingCallback
	case capi.InEvent:
		return state.EventCallback
	case capi.Foreign:
		return state.ForeignCallback
	}
	return state.Outside
}

// decide asks the table. The caller holds mu.
func (h *handle) decide(op state.Op) (state.Verdict, error) {
	st, sit := h.st, h.situation()
	if h.calling && sit != state.NestedCallback && st != state.Draining {
		switch op {
		case state.Pause, state.Resume, state.Cancel: // there is as much to steer as without the call
		case state.Close:
			sit = state.NestedCallback // it comes when that call has returned
		default:
			st = state.InFlight // for everybody else the handle is as busy as with a transfer
		}
	}
	st = h.asMember(op, st)
	v := state.Decide(op, st, sit)
	if v.Accepted() {
		return v, nil
	}
	return v, refusal(op, st, sit, v, h.gone)
}

// inFlight says that libcurl may be running with the handle, under its driver's lock. The caller holds mu.
func (h *handle) inFlight() bool { return h.st == state.InFlight }

// driven says that libcurl's multi handle has the handle: in flight, or connected as a member of a Multi, where whoever
// drives that can be inside libcurl with its connection. The caller holds mu.
func (h *handle) driven() bool { return h.inFlight() || h.memberOf != nil && h.st == state.Connected }

// grip is what acquire has locked for a call on the handle: mu at rest, the lock of its driver in flight.
type grip struct {
	h    *handle
	lock *sync.Mutex
}

// Unlock ends the call.
func (g grip) Unlock() {
	g.lock.Unlock()
	if g.lock != &g.h.mu {
		g.h.mu.Lock()
		g.h.guests--
		g.h.mu.Unlock()
	}
}

// acquire asks the table and locks what a call on the handle needs: mu at rest, the lock of its driver in flight (a
// transfer ends under both, so either is enough; on a lane under mu alone while there are no guests).
func (h *handle) acquire(op state.Op) (grip, error) {
	h.mu.Lock()
	for {
		v, err := h.decide(op)
		if err != nil {
			h.mu.Unlock()
			return grip{}, err
		}
		d := h.drv
		if v != state.Do || !h.driven() {
			return grip{h, &h.mu}, nil
		}
		h.guests++
		h.mu.Unlock()
		d.Lock()
		h.mu.Lock()
		if h.driven() && h.drv == d {
			h.mu.Unlock()
			return grip{h, &d.Mu}, nil
		}
		h.guests--
		d.Mu.Unlock() // the transfer ended meanwhile
	}
}
