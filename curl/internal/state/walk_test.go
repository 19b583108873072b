package state_test

import (
	"slices"
	"testing"

	. "github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// cell is one cell of the full product.
type cell struct {
	op  Op
	st  State
	sit Situation
}

// in: the caller holds up a callback that the handle or its driver has to come
// back from.
func (c cell) in() bool {
	return slices.Contains([]Situation{SiblingCallback, EventCallback, OwnCallback, NestedCallback}, c.sit)
}

// gone: for the user the handle no longer exists.
func (c cell) gone() bool { return c.st == Draining || c.st == Closed }

// ofHandle: libcurl has a call on this very handle on the caller's stack.
func (c cell) ofHandle() bool { return c.sit == OwnCallback || c.sit == NestedCallback }

func (c cell) is(ops ...Op) bool { return slices.Contains(ops, c.op) }

// every holds a claim against each cell of the product that is about a handle.
func every(t *testing.T, claim string, holds func(c cell, v Verdict) bool) {
	t.Helper()
	walk(t, claim, Op.OfHandle, holds)
}

// everyMulti holds a claim against each cell of the product that is about a multi.
func everyMulti(t *testing.T, claim string, holds func(c cell, v Verdict) bool) {
	t.Helper()
	walk(t, claim, Op.OfMulti, holds)
}

// everyURL holds a claim against each cell of the product that is about a URL.
func everyURL(t *testing.T, claim string, holds func(c cell, v Verdict) bool) {
	t.Helper()
	walk(t, claim, Op.OfURL, holds)
}

func walk(t *testing.T, claim string, about func(Op) bool, holds func(c cell, v Verdict) bool) {
	t.Helper()
	seen, ops := 0, 0
	for op := range Ops {
		if !about(op) {
			continue
		}
		ops++
		for st := range States {
			for sit := range Situations {
				seen++
				c := cell{op, st, sit}
				if v := Decide(op, st, sit); !holds(c, v) {
					t.Errorf("%s: not so for %v while %v, %v: %v", claim, op, st, sit, v)
				}
			}
		}
	}
	if want := ops * int(States) * int(Situations); seen != want || seen == 0 {
		t.Errorf("walked %d cells of %d", seen, want)
	}
}
