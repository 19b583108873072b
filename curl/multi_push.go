package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// take ends the time in which a pushed stream is offered. It is taken if the user said so and has not closed or cancelled
// it; then libcurl has it in its multi handle when the push callback has returned. Otherwise libcurl frees it. d.Mu is held.
func (in *multi) take(h *handle, e *Easy, accepted bool) bool {
	h.mu.Lock()
	h.offered = false
	if accepted && h.memberOf == in && h.st == state.Attached && h.stop.Load() == nil {
		h.st = state.InFlight
		h.run++
		h.held = &in.d.Mu
		h.cell.Joined()
		h.mu.Unlock()
		in.mu.Lock()
		in.flying++
		in.added++
		in.mu.Unlock()
		return true
	}
	e.guard.end()
	e.guard = nil
	in.forget(h)
	c := h.cell
	c.SetKey(0)
	c.Disown()
	h.cell, h.drv = capi.Cell{}, nil
	h.gone = errDenied
	e.fn = noFunctions()
	h.closed()
	h.mu.Unlock()
	in.d.Post(c.Free) // libcurl still works with what belongs to it until the callback has returned
	return false
}
