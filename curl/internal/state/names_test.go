package state_test

import (
	"fmt"
	"testing"

	. "github.com/seed-0edfda58/gocurl/curl/internal/state"
)

func TestNamesAreDistinct(t *testing.T) {
	beyond(t, Ops, "Op(37)")
	distinctOps(t)
	distinct(t, States, "State(7)")
	distinct(t, Situations, "Situation(6)")
	distinct(t, Verdicts, "Verdict(11)")
}

// distinct checks the names of all words below end, and what a value past them says.
func distinct[W interface {
	~uint8
	fmt.Stringer
}](t *testing.T, end W, past string) {
	t.Helper()
	seen := map[string]W{}
	for w := range end {
		if first, twice := seen[w.String()]; twice || w.String() == "" {
			t.Errorf("%T %d and %d are both called %q", w, first, w, w)
		}
		seen[w.String()] = w
	}
	beyond(t, end, past)
}

func beyond[W fmt.Stringer](t *testing.T, end W, past string) {
	t.Helper()
	if end.String() != past {
		t.Errorf("one past the last is %q, want %q", end, past)
	}
}

// distinctOps: an operation of a multi or a URL may be called like one of a handle.
func distinctOps(t *testing.T) {
	t.Helper()
	seen := map[string]Op{}
	for op := range Ops {
		key := fmt.Sprint(op.OfMulti(), op.OfURL(), op)
		if first, twice := seen[key]; twice || op.String() == "" {
			t.Errorf("operations %d and %d are both called %q", first, op, op)
		}
		seen[key] = op
	}
}

func TestOnlyTheFourAcceptingVerdictsAccept(t *testing.T) {
	accepting := map[Verdict]bool{Do: true, Queue: true, Defer: true, Noop: true}
	for v := range Verdicts + 1 {
		if v.Accepted() != accepting[v] {
			t.Errorf("%v.Accepted() = %v", v, v.Accepted())
		}
	}
}

func TestDecideDoesNotAllocate(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { _ = Decide(Perform, Idle, Outside) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
