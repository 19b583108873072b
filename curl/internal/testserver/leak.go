package testserver

import (
	"bytes"
	"runtime"
	"time"
)

// patience is how long a probe looks for a condition that normally holds at the
// first or second look.
const patience = 2 * time.Second

// eventually looks at a condition, letting other goroutines run in between,
// until it holds or patience is at an end.
func eventually(holds func() bool) bool {
	for deadline := time.Now().Add(patience); !holds(); {
		if time.Now().After(deadline) {
			return false
		}
		runtime.Gosched()
	}
	return true
}

// CheckGoroutines fails the test, with their stacks, if goroutines that began
// after the call still run when the test ends. Call it first, before anything
// whose clean-up it is to see, and not beside parallel tests, whose goroutines
// would count as well.
func CheckGoroutines(tb TB) {
	tb.Helper()
	before := goroutines()
	tb.Cleanup(func() {
		tb.Helper()
		var left [][]byte
		gone := eventually(func() bool {
			left = nil
			for id, stack := range goroutines() {
				if _, old := before[id]; !old {
					left = append(left, stack)
				}
			}
			return left == nil
		})
		if !gone {
			tb.Errorf("testserver: %d goroutines are left:\n\n%s", len(left), bytes.Join(left, []byte("\n\n")))
		}
	})
}

// goroutines returns the stacks of all goroutines, by the number that the
// runtime gives each one and never gives again.
func goroutines() map[string][]byte {
	dump := make([]byte, 1<<16)
	n := runtime.Stack(dump, true)
	for n == len(dump) {
		dump = make([]byte, 2*len(dump))
		n = runtime.Stack(dump, true)
	}
	stacks := map[string][]byte{}
	for stack := range bytes.SplitSeq(dump[:n], []byte("\n\n")) {
		id, _, _ := bytes.Cut(stack, []byte(" [")) // "goroutine 18 [select]:"
		stacks[string(id)] = stack
	}
	return stacks
}
