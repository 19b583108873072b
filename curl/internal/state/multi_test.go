package state_test

import (
	"testing"

	. "github.com/seed-0edfda58/gocurl/curl/internal/state"
)

func TestMultiIsDrivenOnce(t *testing.T) {
	everyMulti(t, "nothing reaches libcurl inside the multi but plain values", func(c cell, v Verdict) bool {
		return !c.in() || v != Do || c.is(MultiAsk, MultiMessages)
	})
	everyMulti(t, "of two goroutines that drive it the second is busy, unless it may wait", func(c cell, v Verdict) bool {
		if !c.is(MultiStep, MultiWait) || c.st != InFlight || c.in() {
			return true
		}
		return (v == Busy) == c.is(MultiStep) && (v == Do) == c.is(MultiWait)
	})
	everyMulti(t, "no turn is waited for inside the multi's callbacks", func(c cell, v Verdict) bool {
		return !c.is(MultiStep, MultiWait) || !c.in() || c.gone() || v == InCallback
	})
}

func TestMultiTakesMembersAnywhere(t *testing.T) {
	everyMulti(t, "members come and go also while the multi is driven and in its callbacks", func(c cell, v Verdict) bool {
		if !c.is(MultiMembers) || c.gone() {
			return true
		}
		return (v == Queue) == (c.in() || c.st == InFlight) && v.Accepted()
	})
}

func TestMultiClose(t *testing.T) {
	everyMulti(t, "Close is accepted from anywhere, and again", func(c cell, v Verdict) bool {
		return !c.is(MultiClose) || v.Accepted() && c.gone() == (v == Noop)
	})
	everyMulti(t, "a closed multi gives its messages, and nothing else", func(c cell, v Verdict) bool {
		if !c.gone() || c.is(MultiClose) {
			return true
		}
		return (v == ClosedHandle) == !c.is(MultiMessages)
	})
}

func TestMultiRefusalsNameTheirCause(t *testing.T) {
	everyMulti(t, "each verdict is given only where its text is true", func(c cell, v Verdict) bool {
		switch v {
		case Do:
			return !c.gone() || c.is(MultiMessages)
		case Queue:
			return c.is(MultiMembers, MultiClose)
		case Defer:
			return c.is(MultiClose) && c.in()
		case Noop:
			return c.is(MultiClose)
		case Busy:
			return c.st == InFlight
		case InCallback:
			return c.in()
		case ClosedHandle:
			return c.gone()
		}
		return false
	})
	everyMulti(t, "another driver's callback is like outside", func(c cell, v Verdict) bool {
		return c.sit != ForeignCallback || v == Decide(c.op, c.st, Outside)
	})
	everyMulti(t, "a multi is never done or connected", func(c cell, v Verdict) bool {
		return c.st != Done && c.st != Connected || v == Decide(c.op, Attached, c.sit)
	})
}
