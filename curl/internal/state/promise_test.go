package state_test

import (
	"testing"

	. "github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// The claims here are the design's sentences, each written from the sentence
// and not from the table.

func TestClosedHandleTakesOnlyClose(t *testing.T) {
	every(t, "a closed or draining handle refuses all but Close", func(c cell, v Verdict) bool {
		if c.gone() && !c.is(Close, CloseShare) {
			return v == ClosedHandle
		}
		return v != ClosedHandle
	})
}

func TestCloseIsAlwaysAccepted(t *testing.T) {
	every(t, "Close is accepted from anywhere, and again", func(c cell, v Verdict) bool {
		return c.op != Close || v.Accepted() && c.gone() == (v == Noop)
	})
	every(t, "Close comes after the callback in progress, and in flight is the driver's work", func(c cell, v Verdict) bool {
		switch {
		case c.op != Close || c.gone():
			return true
		case c.in():
			return v == Defer
		}
		return (v == Queue) == (c.st == InFlight)
	})
}

func TestSharesChangeAtRestOnly(t *testing.T) {
	every(t, "Attach and Detach are Set at rest, and refused with a connection or a transfer", func(c cell, v Verdict) bool {
		if !c.is(Attach, Detach) {
			return true
		}
		return c.st == Idle && v == Decide(Set, Idle, c.sit) || c.gone() || !v.Accepted()
	})
	every(t, "a share is closed unless a member is in use, as one is that calls back", func(c cell, v Verdict) bool {
		switch {
		case c.op != CloseShare:
			return true
		case c.gone():
			return v == Noop
		}
		return (v == Do) == (c.st != InFlight && c.st != Connected && !c.ofHandle()) && (v == Do || v == Busy)
	})
}

func TestLookingIsAlwaysPossible(t *testing.T) {
	every(t, "a pointer into the TLS library is lent only while the connection stands still", func(c cell, v Verdict) bool {
		return c.op != InfoTLS || c.gone() || (v == Do) == (c.st != InFlight || c.ofHandle())
	})
	every(t, "Info and Headers work from any goroutine and any callback", func(c cell, v Verdict) bool {
		return !c.is(Info, Headers) || c.gone() || v == Do
	})
}

func TestSteeringInFlight(t *testing.T) {
	every(t, "Pause and Resume are left to the driver, except in event callbacks", func(c cell, v Verdict) bool {
		if !c.is(Pause, Resume) || c.st != InFlight {
			return true
		}
		if c.sit == EventCallback {
			return v == InCallback
		}
		return v == Queue
	})
	every(t, "Cancel is accepted wherever there is something to cancel", func(c cell, v Verdict) bool {
		return c.op != Cancel || c.st != InFlight && c.st != Attached || v == Queue
	})
	every(t, "without a transfer Pause and Resume say so", func(c cell, v Verdict) bool {
		return !c.is(Pause, Resume) || c.gone() || c.st == InFlight || v == NotInFlight
	})
	every(t, "with nothing to cancel Cancel is harmless", func(c cell, v Verdict) bool {
		return c.op != Cancel || c.gone() || c.st == InFlight || c.st == Attached || v == Noop
	})
}

func TestChangingInFlight(t *testing.T) {
	every(t, "in flight, Clone and live options work in the own callback only, else busy", func(c cell, v Verdict) bool {
		switch {
		case !c.is(SetLive, Clone) || c.st != InFlight || c.sit == NestedCallback:
			return true
		case c.sit == OwnCallback:
			return v == Do
		}
		return v == Busy
	})
	every(t, "in flight, other options are busy", func(c cell, v Verdict) bool {
		return c.op != Set || c.st != InFlight || c.sit == NestedCallback || v == Busy
	})
	every(t, "a half-done call on the handle is not joined by a second one", func(c cell, v Verdict) bool {
		return !c.is(Set, SetLive, Clone) || c.sit != NestedCallback || c.gone() || v == InCallback
	})
	every(t, "SetLive is Set, but for the own callback", func(c cell, v Verdict) bool {
		return c.op != SetLive || c.st == InFlight && c.sit == OwnCallback || v == Decide(Set, c.st, c.sit)
	})
}

func TestWaitsThatCannotEndAreRefused(t *testing.T) {
	every(t, "no wait inside a callback of the same driver", func(c cell, v Verdict) bool {
		if !c.is(Perform, Open, Read, Send, Recv, WSRecv, Upkeep) || !c.in() || c.gone() || v == Noop {
			return true
		}
		return v == InCallback || v == NotConnected
	})
	every(t, "TLS sessions go in and out where Upkeep works", func(c cell, v Verdict) bool {
		return c.op != Sessions || v == Decide(Upkeep, c.st, c.sit)
	})
	every(t, "a body of a transfer in flight is read wherever one can wait for it", func(c cell, v Verdict) bool {
		return c.op != Read || c.st != InFlight || (v == Do) != c.in()
	})
	every(t, "an idle handle performs in another driver's callback", func(c cell, v Verdict) bool {
		return !c.is(Perform, Open) || c.st != Idle || c.sit != ForeignCallback || v == Do
	})
}

func TestAtRestOutsideEverythingWorks(t *testing.T) {
	every(t, "an idle handle does what it is told", func(c cell, v Verdict) bool {
		if c.st != Idle || c.sit != Outside || c.is(Read, Pause, Resume, Cancel, Send, Recv, WSSend, WSRecv, WSMeta, WSStartFrame, Remove) {
			return true
		}
		return v == Do
	})
	every(t, "without a connection Send and Recv say so", func(c cell, v Verdict) bool {
		if !c.is(Send, Recv, WSSend, WSRecv) || c.gone() || c.st == InFlight {
			return true
		}
		return (v == NotConnected) == (c.st != Connected)
	})
	every(t, "a connection can be used", func(c cell, v Verdict) bool {
		return !c.is(Send, Recv, WSSend, WSRecv) || c.st != Connected || c.in() || v == Do
	})
	every(t, "a handle at rest is set up and copied inside callbacks of others too", func(c cell, v Verdict) bool {
		return !c.is(Set, SetLive, Clone) || c.gone() || c.st == InFlight || c.ofHandle() || v == Do
	})
	every(t, "so is it reset, unless the driver keeps its connection", func(c cell, v Verdict) bool {
		if c.op != Reset || c.gone() || c.st == InFlight || c.ofHandle() {
			return true
		}
		return (v == Do) == (c.st != Connected || !c.in())
	})
}

func TestFramesInTheOwnCallback(t *testing.T) {
	every(t, "frames are sent, begun and asked about in the transfer's own callback", func(c cell, v Verdict) bool {
		return !c.is(WSSend, WSMeta, WSStartFrame) || c.st != InFlight || (v == Do) == (c.sit == OwnCallback)
	})
	every(t, "elsewhere frames are sent and received like bytes", func(c cell, v Verdict) bool {
		return !c.is(WSSend, WSRecv) || c.st == InFlight && c.sit == OwnCallback || v == Decide(Send, c.st, c.sit)
	})
	every(t, "without a transfer there is no frame in progress", func(c cell, v Verdict) bool {
		return !c.is(WSMeta, WSStartFrame) || c.gone() || c.st == InFlight || v == NotInFlight
	})
}

func TestBodyOfNoTransferSaysHowItEnded(t *testing.T) {
	every(t, "without a transfer in flight there is nothing to wait for", func(c cell, v Verdict) bool {
		return c.op != Read || c.gone() || c.st == InFlight || v == Noop
	})
	every(t, "Open is Perform", func(c cell, v Verdict) bool {
		return c.op != Open || v == Decide(Perform, c.st, c.sit)
	})
}

func TestAnotherDriversCallbackChangesNothing(t *testing.T) {
	every(t, "a foreign callback is like outside", func(c cell, v Verdict) bool {
		return c.sit != ForeignCallback || v == Decide(c.op, c.st, Outside)
	})
}
