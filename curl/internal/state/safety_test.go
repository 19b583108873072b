package state_test

import (
	"testing"

	. "github.com/seed-0edfda58/gocurl/curl/internal/state"
)

func TestOnlyReentrantCallsReachLibcurlInsideIt(t *testing.T) {
	// The calls that libcurl 8.22 lets in while one of its calls is in
	// progress on the handle or its multi (lib/api.c).
	reentrant := []Op{Set, SetLive, Clone, Info, InfoTLS, Headers, Pause, Resume, WSSend, WSMeta, WSStartFrame}
	every(t, "in a running transfer only re-entrant calls reach libcurl", func(c cell, v Verdict) bool {
		return c.st != InFlight || v != Do || c.is(reentrant...) || c.op == Read // which is the transfer
	})
	every(t, "in a callback of the handle only re-entrant calls reach libcurl", func(c cell, v Verdict) bool {
		return !c.ofHandle() || v != Do || c.is(reentrant...)
	})
	every(t, "a connection kept in a driver is not touched from its callbacks", func(c cell, v Verdict) bool {
		return c.st != Connected || !c.in() || v != Do || c.is(reentrant...)
	})
	every(t, "another thread than the transfer's only reads", func(c cell, v Verdict) bool {
		return c.st != InFlight || c.ofHandle() || v != Do || c.is(Info, Headers, Read)
	})
	every(t, "inside a half-done call on the handle one only reads", func(c cell, v Verdict) bool {
		return c.sit != NestedCallback || v != Do || c.is(Info, InfoTLS, Headers)
	})
}

func TestResetNeverReachesLibcurlInACallbackOfTheHandle(t *testing.T) {
	every(t, "Reset is deferred in callbacks of the handle, busy elsewhere in flight", func(c cell, v Verdict) bool {
		switch {
		case c.op != Reset || c.gone():
			return true
		case c.ofHandle():
			return v == Defer
		}
		return c.st != InFlight || v == Busy
	})
	every(t, "no deferred Reset can wipe an option that is set after it", func(c cell, v Verdict) bool {
		return c.op != Reset || v != Defer || !Decide(Set, c.st, c.sit).Accepted()
	})
}

func TestEveryRefusalNamesItsCause(t *testing.T) {
	every(t, "each verdict is given only where its text is true", func(c cell, v Verdict) bool {
		switch v {
		case Do:
			return !c.gone()
		case Queue:
			return c.is(Pause, Resume, Cancel, Close, Remove) && (c.st == InFlight || c.st == Attached || c.st == Connected)
		case Defer:
			return c.is(Reset, Close) && c.in()
		case Noop:
			return c.is(Cancel, Close, CloseShare, Read)
		case Busy:
			return c.st == InFlight || c.st == Attached || c.st == Done || c.st == Connected && c.is(Attach, Detach, CloseShare) ||
				c.op == CloseShare && c.ofHandle()
		case InCallback:
			return c.in()
		case ClosedHandle:
			return c.gone()
		case NotConnected:
			return c.is(Send, Recv, WSSend, WSRecv) && c.st != Connected && c.st != InFlight
		case NotAdded:
			return c.is(Remove) && c.st == Idle
		case NotInFlight:
			return c.is(Pause, Resume, WSMeta, WSStartFrame) && c.st != InFlight
		}
		return false // undefined: a hole in the table
	})
}

func TestNearerIsNeverFreerAtRest(t *testing.T) {
	every(t, "at rest, what is done here is done farther out too", func(c cell, v Verdict) bool {
		return c.st == InFlight || c.sit == Outside || v != Do || Decide(c.op, c.st, c.sit-1) == Do
	})
	every(t, "without a transfer, an own callback is a nested one", func(c cell, v Verdict) bool {
		return c.st == InFlight || c.sit != OwnCallback || v == Decide(c.op, c.st, NestedCallback)
	})
}
