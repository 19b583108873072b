package curl

// The turn says which C handle's callbacks a handle listens to, and whether that C handle may be left behind: the
// word is the key of the C handle, and offered while its leader is inside libcurl, in no callback, and probably waits
// for a name resolver. Taking the turn back and leaving the C handle behind are one atomic exchange, so that exactly
// one of them happens; the goroutine that loses it never touches the handle again.
//
// The turn is offered only while the leader holds the driver's lock, and there is a twin to go on with.
const (
	offered = 1
	nobody  = 0 // while one C handle takes over from another
)

func turnOf(key uintptr) uint64 { return uint64(key) << 1 }

// enlist gives the handle a number for the callbacks of its C handle.
func (h *handle) enlist() {
	h.key = slots.put(h)
	h.turn.Store(turnOf(h.key))
}

// takeTurn is what a callback, and a leader that comes out of libcurl, begin with. It reports false when the C handle
// with that key was left behind, or is not the handle's yet.
func (h *handle) takeTurn(key uintptr) bool {
	mine := turnOf(key)
	now := h.turn.Load()
	return now == mine || now == mine|offered && h.turn.CompareAndSwap(now, mine)
}

// offerTurn is what a callback ends with. Whoever calls it has the turn, and does not touch the handle afterwards.
func (h *handle) offerTurn() {
	l := h.lookup
	if l == nil || !l.leading || !l.active || h.callbacks.Load() > 0 {
		return
	}
	stopping := h.failure != nil // libcurl would tell when the resolver is back
	h.turn.Store(turnOf(l.key) | offered)
	if stopping || l.stop.given() {
		l.kick()
	}
}

// Enter is called by the leader before it goes into libcurl.
func (l *lookup) Enter() {
	if l.stays && l.twinKey == 0 {
		l.await()
		l.begin()
	}
	l.leading = true
	l.h.offerTurn()
}

// Leave is called when it has come out; false says that the C handle was left behind meanwhile.
func (l *lookup) Leave() bool {
	if !l.h.takeTurn(l.key) {
		return false
	}
	l.leading = false
	return true
}
