package curl

import "runtime"

// guard is how the runtime notices an Easy that is dropped without Close: nothing but the Easy refers to its guard, and
// when that is collected reapDropped is called. The runtime takes longer to begin and to end such a watch than to make
// the Easy; so the guard of a closed one is kept, with its spare C handle, for the next, and begins only once.
type guard struct {
	of      *guarded // what reapDropped is given, and so not the guard itself
	cleanup runtime.Cleanup
}

// guarded says whose guard it is. It belongs to the guard's Easy, and is written before anybody has that, and with the
// handle's mu held in Close; of a spare, h is nil.
type guarded struct{ h *handle }

func newGuard() *guard {
	g := &guard{of: new(guarded)}
	g.cleanup = runtime.AddCleanup(g, func(of *guarded) { reapDropped(of.h) }, g.of)
	return g
}

// end ends the guard for good: it is not kept for another Easy.
func (g *guard) end() { g.cleanup.Stop() }
