package curl

import (
	"sync"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// maxSpares bounds the C handles that wait for another Easy, 7 KB each.
const maxSpares = 64

// spareCells hands out C handles that never ran a transfer and never held cookies, HSTS, Alt-Svc or a share: after a
// reset nothing tells them from new ones. All others keep connections and caches through a reset and are freed.
type spareCells struct {
	mu    sync.Mutex
	cells []capi.Cell
}

func (s *spareCells) take(key uintptr) capi.Cell {
	s.mu.Lock()
	n := len(s.cells)
	if n == 0 {
		s.mu.Unlock()
		return capi.NewCell(key)
	}
	c := s.cells[n-1]
	s.cells = s.cells[:n-1]
	s.mu.Unlock()
	c.SetKey(key)
	return c
}

// give takes a clean cell back, whose options are still set. It reports false when there are enough.
func (s *spareCells) give(c capi.Cell) bool {
	c.SetKey(0)
	c.Reset()
	s.mu.Lock()
	room := len(s.cells) < maxSpares
	if room {
		s.cells = append(s.cells, c)
	}
	s.mu.Unlock()
	return room
}
