package curl

import (
	"sync"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// corpse is a C handle whose user is gone. Its key is 0: its callbacks answer without entering anything of the user's.
type corpse struct {
	cell capi.Cell
	drv  *driver.Driver
	kin  *driver.Driver
	free func() // after the C handle is gone, if there is one
}

// reaper frees C handles off the user's goroutines: ending one can talk to a server, and on a libcurl before 7.87.0
// waits for a name resolver.
var reaper struct {
	mu      sync.Mutex
	queue   []corpse
	workers int
}

// maxReapers bounds the threads that can be stuck in a resolver of an old libcurl.
const maxReapers = 16

// reap has the handle freed. cell's callbacks must be silent already.
func reap(c corpse) {
	reaper.mu.Lock()
	defer reaper.mu.Unlock()
	reaper.queue = append(reaper.queue, c)
	if reaper.workers < maxReapers {
		reaper.workers++
		go reapAll()
	}
}

func reapAll() {
	for {
		reaper.mu.Lock()
		if len(reaper.queue) == 0 {
			reaper.workers--
			reaper.mu.Unlock()
			return
		}
		c := reaper.queue[0]
		reaper.queue = reaper.queue[1:]
		reaper.mu.Unlock()
		if c.cell.Valid() {
			if c.drv != nil {
				c.drv.Enter()
			}
			lock := lockKin(c.kin)
			freeC(c.cell, c.drv)
			lock.Unlock()
		}
		if c.free != nil {
			c.free()
		}
	}
}

// reapDropped runs after an Easy was collected without Close. No transfer is in flight, as Perform and a Body would keep
// it alive; unless that Body was dropped as well.
func reapDropped(h *handle) {
	h.mu.Lock()
	if s := h.stream; s != nil {
		h.cancel(errDropped)
		h.mu.Unlock()
		go func() {
			s.end(&Easy{h: h, fn: noFunctions()}) // without a function that could be called
			reapDropped(h)
		}()
		return
	}
	defer h.mu.Unlock()
	if h.st == state.Closed {
		return
	}
	easyDrops.add()
	h.st = state.Draining
	h.disconnect()
	h.cell.SetKey(0)
	if h.memberOf != nil { // dropped as well: reapMulti
		return
	}
	if h.group != nil {
		h.group.forget(h)
	}
	h.reap()
}

// reap has the handle freed, whose user is gone. The caller holds mu.
func (h *handle) reap() {
	s := h.share
	s.leave(h)
	h.share = nil
	reap(corpse{h.cell, h.own, h.kin, func() {
		s.unref()
		h.mu.Lock()
		defer h.mu.Unlock()
		h.cell, h.drv, h.own, h.kin = capi.Cell{}, nil, nil, nil
		h.closed()
	}})
}
