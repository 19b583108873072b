package state_test

import (
	"testing"

	. "github.com/seed-0edfda58/gocurl/curl/internal/state"
)

func TestURLChangesAtRestOnly(t *testing.T) {
	everyURL(t, "a URL is read at any time, and changed unless a transfer uses it", func(c cell, v Verdict) bool {
		switch {
		case c.gone():
			return true
		case c.is(URLRead):
			return v == Do
		case c.st == InFlight:
			return v == Busy
		}
		return v == Do
	})
	everyURL(t, "a closed one can only be closed", func(c cell, v Verdict) bool {
		switch {
		case !c.gone():
			return v != ClosedHandle && v != Noop
		case c.is(URLClose):
			return v == Noop
		}
		return v == ClosedHandle
	})
	everyURL(t, "it does not matter where the call is made", func(c cell, v Verdict) bool {
		return v == Decide(c.op, c.st, Outside)
	})
}
