package curl

import (
	"sync"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
)

// maxSpares bounds the C handles that wait for another Easy, 7 KB each.
const maxSpares = 64

// spare is a C handle that never ran a transfer and never held cookies, HSTS, Alt-Svc or a share: after a reset nothing
// tells it from a new one. All others keep connections and caches through a reset and are freed.
type spare struct {
	cell  capi.Cell
	key   uintptr // in slots, where it names nobody
	guard *guard
}

// newSpare makes the C handle of a new Easy. A crowd that begins to work makes its handles first: they queue.
func newSpare(key uintptr) spare {
	defer driver.Work().End()
	c := capi.NewCell(key)
	if !c.Valid() {
		return spare{key: key}
	}
	return spare{c, key, newGuard()}
}

// take makes it the handle's.
func (h *handle) take(s spare) {
	slots.set(s.key, h)
	s.cell.SetKey(s.key)
	h.cell, h.key = s.cell, s.key
	h.turn.Store(turnOf(h.key))
}

type spareHandles struct {
	mu   sync.Mutex
	list []spare
}

func (s *spareHandles) take() (spare, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.list)
	if n == 0 {
		return spare{}, false
	}
	last := s.list[n-1]
	s.list[n-1] = spare{}
	s.list = s.list[:n-1]
	return last, true
}

// give takes a clean C handle back, whose options are still set. It reports false when there are enough.
func (s *spareHandles) give(one spare) bool {
	one.cell.SetKey(0)
	slots.hide(one.key)
	one.cell.Reset()
	one.guard.of.h = nil
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.list) == maxSpares {
		return false
	}
	s.list = append(s.list, one)
	return true
}
