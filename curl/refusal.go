package curl

import (
	"errors"
	"fmt"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// Reasons for which a call on a handle is refused; match them with errors.Is. The error itself is a *StateError.
var (
	// ErrClosed: the handle is closed, or closing.
	ErrClosed = errors.New("the handle is closed")
	// ErrBusy: the handle has a transfer in flight, or another call is inside libcurl with it.
	ErrBusy = errors.New("the handle is busy")
	// ErrInCallback: the call would have to wait for, or disturb, the callback that makes it.
	ErrInCallback = errors.New("not possible inside this callback")
	// ErrNotInFlight: there is no transfer to pause or resume, or whose frame WSMeta could tell about.
	ErrNotInFlight = errors.New("no transfer is in flight")
	// ErrReading: a WriteTo (io.Copy) reads the body.
	ErrReading = errors.New("somebody else reads the body; wait until the WriteTo has returned")
	// ErrNotConnected: Send, Recv, WSSend and WSRecv need a finished Perform with opt.ConnectOnly.
	ErrNotConnected = errors.New("the handle has no connection")
	// ErrNotAdded: the handle is not a member of the Multi.
	ErrNotAdded = errors.New("the handle is not a member of the multi")
	// ErrAfterTheFact: on an Engine most callbacks are called when libcurl has gone on.
	ErrAfterTheFact = errors.New("on an engine this callback comes after the fact, and the connection may be gone; ask in one that answers on the spot (opt.PrereqFunction), or use a handle that is not attached")
	// ErrAbandoned: runtime.Goexit (t.FailNow does it too) left a callback; libcurl's side of the handle is lost.
	ErrAbandoned = errors.New("a callback ended its goroutine, which leaves libcurl's handle unusable; make a new one")
)

// StateError says which call was refused in which state. Its verdict depends on the state of the handle and on
// whether the caller stands in one of its callbacks, never on timing; STATES.md has the whole table.
type StateError struct {
	Op     string // the method that was called: "Perform"
	State  string // "in flight"
	Caller string // where the call was made: "outside", "own callback"
	Reason error  // one of the errors above

	multi bool // it is about a Multi
	url   bool // it is about a URL
}

func (e *StateError) Error() string {
	switch {
	case e.multi:
		return e.ofMulti()
	case e.url && e.Reason == ErrBusy:
		return fmt.Sprintf("curl: URL.%s: a handle that the URL is attached to is busy; wait for the end of its transfer, or change a Clone", e.Op)
	case e.url:
		return fmt.Sprintf("curl: URL.%s: %v", e.Op, e.Reason)
	}
	s := fmt.Sprintf("curl: %s: %v", e.Op, e.Reason)
	switch e.Reason {
	case ErrBusy:
		switch e.State {
		case state.Connected.String(): // Attach and Detach
			return s + " (connected); end its connection first, with Reset or another Perform"
		case state.Attached.String(), state.Done.String():
			return s + fmt.Sprintf(" (%s); it is in a Multi: Remove it there first, or use a Clone", e.State)
		}
		s += fmt.Sprintf(" (%s); wait until its Perform has returned or its Body is closed, or use a Clone", e.State)
	case ErrInCallback:
		s += fmt.Sprintf(" (called from %s, handle %s); call it after Perform has returned, or on another handle", e.Caller, e.State)
	case ErrNotConnected:
		s += "; set opt.ConnectOnly and Perform first"
	}
	return s
}

// ofMulti is the text of a refusal by a Multi, which the reasons call a handle.
func (e *StateError) ofMulti() string {
	s := "curl: Multi." + e.Op + ": "
	switch e.Reason {
	case ErrClosed:
		return s + "the Multi is closed; make a new one"
	case ErrBusy:
		return s + "the Multi is busy (driven by another goroutine, or in a callback of a call from there); drive a Multi from one goroutine, and set its options there"
	case ErrInCallback:
		return s + fmt.Sprintf("%v (called from %s); return from it first", e.Reason, e.Caller)
	}
	return s + e.Reason.Error()
}

// Unwrap returns the reason.
func (e *StateError) Unwrap() error { return e.Reason }

// method is what callers know an operation as: some are told apart by what the method is given.
func method(op state.Op) string {
	switch op {
	case state.SetLive:
		op = state.Set
	case state.InfoTLS:
		op = state.Info
	}
	return op.String()
}

// named is err, with the method that was called in the place of what that is made of: WebSocket.Read is a WSRecv to the table.
func named(err error, method string) error {
	refused, ok := err.(*StateError)
	if !ok || refused.Op == method {
		return err
	}
	renamed := *refused
	renamed.Op = method
	return &renamed
}

func refusal(op state.Op, st state.State, sit state.Situation, v state.Verdict, gone error) error {
	e := &StateError{Op: method(op), State: st.String(), Caller: sit.String(), multi: op.OfMulti(), url: op.OfURL()}
	switch v {
	case state.InCallback:
		e.Reason = ErrInCallback
	case state.ClosedHandle:
		e.Reason = ErrClosed
		if gone != nil {
			e.Reason = gone
		}
	case state.NotConnected:
		e.Reason = ErrNotConnected
	case state.NotAdded:
		e.Reason = ErrNotAdded
	case state.NotInFlight:
		e.Reason = ErrNotInFlight
	default:
		e.Reason = ErrBusy
	}
	return e
}
