package curl

import "sync"

// multis maps the numbers that callbacks of multi handles carry to what is behind a Multi.
var multis multiTable

type multiTable struct {
	mu   sync.RWMutex // guards the rest; a leaf
	all  map[uintptr]*multi
	last uintptr
}

func (t *multiTable) put(in *multi) uintptr {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all == nil {
		t.all = map[uintptr]*multi{}
	}
	t.last++
	t.all[t.last] = in
	return t.last
}

func (t *multiTable) drop(key uintptr) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.all, key)
}

func (t *multiTable) get(key uintptr) *multi {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.all[key]
}
