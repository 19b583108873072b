package curl

import (
	"sync"
	"sync/atomic"
)

// slots maps the numbers that libcurl's callbacks carry to handles. Looking one up takes no lock; a number is given
// out again only after the C handle that carried it is gone.
var slots slotTable

const slotPage = 512

type slotTable struct {
	pages atomic.Pointer[[]*[slotPage]atomic.Pointer[handle]] // replaced, never changed in place

	mu   sync.Mutex // guards free and the growth of pages
	free []uintptr
}

// put stores h and returns its number, which is never 0.
func (t *slotTable) put(h *handle) uintptr {
	t.mu.Lock()
	if len(t.free) == 0 {
		t.grow()
	}
	last := len(t.free) - 1
	key := t.free[last]
	t.free = t.free[:last]
	t.mu.Unlock()
	t.at(key).Store(h)
	return key
}

// drop forgets the number.
func (t *slotTable) drop(key uintptr) {
	t.at(key).Store(nil)
	t.mu.Lock()
	t.free = append(t.free, key)
	t.mu.Unlock()
}

// set has a number that is in use, and names nobody or h, name h.
func (t *slotTable) set(key uintptr, h *handle) { t.at(key).Store(h) }

// hide has the number found no more, and keeps it from being given out until it is dropped.
func (t *slotTable) hide(key uintptr) { t.at(key).Store(nil) }

// get returns the handle of a number, nil for 0 and for numbers that are not in use.
func (t *slotTable) get(key uintptr) *handle {
	if key == 0 {
		return nil
	}
	return t.at(key).Load()
}

func (t *slotTable) at(key uintptr) *atomic.Pointer[handle] {
	pages := *t.pages.Load()
	return &pages[(key-1)/slotPage][(key-1)%slotPage]
}

func (t *slotTable) grow() {
	var pages []*[slotPage]atomic.Pointer[handle]
	if p := t.pages.Load(); p != nil {
		pages = append(pages, *p...)
	}
	first := uintptr(len(pages)*slotPage + 1)
	pages = append(pages, new([slotPage]atomic.Pointer[handle]))
	for i := uintptr(slotPage); i > 0; i-- { // lowest number on top
		t.free = append(t.free, first+i-1)
	}
	t.pages.Store(&pages)
}
