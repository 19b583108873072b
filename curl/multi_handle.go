package curl

import (
	"sync"
	"sync/atomic"
	"weak"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// multi is what is behind a Multi. Like a handle it never refers to anything the user gave, except while a call is inside
// libcurl.
//
// Locks, outer first: d.Mu, then the mu of a member, then mu. libcurl runs under d.Mu, which a callback releases, so at
// most one thread has libcurl frames of the multi handle on its stack if everybody else who gets d.Mu meanwhile makes
// only calls that can enter no callback. Whether that is so says callbacks: while it is not 0, the rest is posted to d and
// carried out by the one in the callback, when it comes out.
type multi struct {
	c capi.Multi // until closed; used under d.Mu
	d *driver.Driver

	self weak.Pointer[Multi]
	key  uintptr // in multis, 0 once closed

	callbacks atomic.Int32 // callbacks in progress that have released d.Mu; changed with d.Mu held

	// Guarded by d.Mu.
	outer   *Multi         // while a call is inside libcurl: whose functions to call, and whose members to find
	lent    []*handle      // those with easy set for the call in progress; nil where it is over
	failure error          // the first error or panic of a callback of the multi itself, in the call in progress
	panic   *CallbackPanic // the first of the call in progress
	broke   error          // why all transfers were ended in the call in progress
	closers map[uint64]capi.Closer
	look    sweep      // of closers
	after   []leftover // what is to be freed or reset when d.Mu is released

	mu       sync.Mutex // guards the rest, and Multi.members
	st       state.State
	driving  bool          // Perform, SocketAction, Poll or the like is in progress
	turn     chan struct{} // closed when that, or a callback, is over; nil: nobody waits
	list     map[*handle]*member
	byEasy   map[uintptr]*handle // the members by libcurl's names for them
	last     uint64              // the number of the last member
	active   int                 // members whose transfer is not over
	flying   int                 // those that libcurl has, or is about to have
	events   bool                // there is a timer function: members start at once
	messages []*message          // in the order of completion
	news     bool                // something for a Poll in progress to return for
	wakeup   bool                // Wakeup was called
	added    int64
	gone     error // why it is closed, when it was not its user
}

// member is the membership of one handle.
type member struct {
	number  uint64 // in the order of Add
	active  bool   // its transfer is not over
	message *message
}

// inactive notes that the member's transfer is over. The caller holds mu.
func (in *multi) inactive(b *member) {
	if b != nil && b.active {
		b.active = false
		in.active--
	}
}

// message is the end of one transfer.
type message struct {
	h    *handle
	easy *Easy // nil while it is in Multi.members
	err  error
}

// situation says where the caller stands as seen from the multi.
func (in *multi) situation() state.Situation {
	switch capi.Where(capi.Cell{}, in.d.C()) {
	case capi.InEvent:
		return state.EventCallback
	case capi.Sibling:
		return state.SiblingCallback
	case capi.Foreign:
		return state.ForeignCallback
	}
	return state.Outside
}

// state is the multi's word in the state table. The caller holds mu.
func (in *multi) state() state.State {
	switch {
	case in.st == state.Draining || in.st == state.Closed:
		return in.st
	case in.driving:
		return state.InFlight
	case len(in.list) > 0:
		return state.Attached
	}
	return state.Idle
}

// decide asks the table. The caller holds mu.
func (in *multi) decide(op state.Op) (state.Verdict, error) {
	st, sit := in.state(), in.situation()
	v := state.Decide(op, st, sit)
	if v.Accepted() {
		return v, nil
	}
	return v, refusal(op, st, sit, v, in.gone)
}

// allow is decide for a method that shares its row with others. The caller holds mu.
func (in *multi) allow(op state.Op, name string) error {
	_, err := in.decide(op)
	if err != nil {
		err.(*StateError).Op = name
	}
	return err
}

// permits is allow for who does not hold mu.
func (in *multi) permits(op state.Op, name string) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.allow(op, name)
}
