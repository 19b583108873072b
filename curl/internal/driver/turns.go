package driver

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// turns lets so many leaders be inside libcurl at once, the others queue. A turn that is free costs one atomic exchange,
// on a cache line that is rarely anybody else's.
//
// A turn ends before each wait and, when somebody queues, after each step. It lasts over callbacks, because a goroutine
// in a callback has its thread all the same; were the turn given away for that time, a crowd of short callbacks would be
// a crowd of threads.
//
// It cannot deadlock, and nobody can hold up the queue. Short as turns are meant to be, some last: a callback sleeps, or
// waits for somebody in the queue; libcurl blocks (TELNET, a file that is a pipe, LDAP, Kerberos, the goodbyes of some
// protocols). What lasts is taken away when fewer leaders than processors get on besides, whatever its holder does: the
// slot is free again, and the holder goes on uncounted until its next step.
type turns struct {
	slots   []slot
	waiting atomic.Int32 // how many queue
	made    atomic.Uint32

	// closely: somebody queues, or has not long ago. Only then do leaders tell of each callback, which is two locked
	// instructions; a callback that has begun before is looked at like a step.
	closely atomic.Bool

	mu          sync.Mutex // guards the rest, and next of everybody in the queue
	first, last *turn
	watched     bool // look will come
	calming     bool // calm will come
	queued      int  // how many have queued since it was asked for
	seen        []sight
}

const (
	// lookEvery is how often the turns are looked at while somebody queues.
	lookEvery = 5 * time.Millisecond
	// A callback or step lasts when so many looks in a row find it. Steps have to share the processors with each other,
	// and with whatever else the machine does.
	lastingCallback, lastingStep = 1, 10
	// calmAfter is how long nobody has queued before callbacks are not told of any more.
	calmAfter = time.Second
)

// slot is free, or has somebody's turn. Its number is different after each change.
type slot struct {
	n atomic.Uint64
	_ [56]byte // a cache line each
}

// what a slot is, in the lowest bits of its number.
const (
	free = iota
	working
	calling // in a callback, or in what may block
	kinds   = 4
)

func next(n, kind uint64) uint64 { return n - n%kinds + kinds + kind }

// turn is a leader's place. It belongs to that leader; in the queue, to whoever holds mu.
type turn struct {
	slot  int           // the one it has, or had last
	n     uint64        // that slot's number while it has it, else 0
	ready chan struct{} // has one element when the queue has given it a slot
	next  *turn
}

// sight is how often in a row look has found a slot with this number.
type sight struct {
	n     uint64
	times int
}

func newTurns(n int) *turns { return &turns{slots: make([]slot, n), seen: make([]sight, n)} }

// somewhere is where a new leader begins to look for a free slot, so that they do not all begin at one.
func (t *turns) somewhere() int { return int(t.made.Add(1) % uint32(len(t.slots))) }

// take waits for a turn.
func (t *turns) take(m *turn) {
	if t.waiting.Load() == 0 && t.try(m) {
		return
	}
	if m.ready == nil {
		m.ready = make(chan struct{}, 1)
	}
	t.mu.Lock()
	t.closely.Store(true)
	t.queued++
	t.waiting.Add(1) // before looking again: who gives a turn back looks for waiters after that
	t.push(m)
	t.serve()
	t.mu.Unlock()
	<-m.ready
}

// try takes a slot if one is free.
func (t *turns) try(m *turn) bool {
	i := m.slot
	for range t.slots {
		s := &t.slots[i].n
		if n := s.Load(); n%kinds == free && s.CompareAndSwap(n, next(n, working)) {
			m.slot, m.n = i, next(n, working)
			return true
		}
		if i++; i == len(t.slots) {
			i = 0
		}
	}
	return false
}

// change says what the holder of a turn does now. It reports false when the turn was taken away.
func (t *turns) change(m *turn, kind uint64) bool {
	was, now := m.n, next(m.n, kind)
	if !t.slots[m.slot].n.CompareAndSwap(was, now) {
		m.n = 0
		return false
	}
	m.n = now
	return true
}

// give ends the turn.
func (t *turns) give(m *turn) {
	ended := t.change(m, free)
	m.n = 0
	if ended && t.waiting.Load() > 0 {
		t.mu.Lock()
		t.serve()
		t.mu.Unlock()
	}
}

func (t *turns) push(m *turn) {
	if t.first == nil {
		t.first = m
	} else {
		t.last.next = m
	}
	t.last = m
}

// serve gives free slots to the first in the queue, and has look come while there is one. The caller holds mu.
func (t *turns) serve() {
	for t.first != nil && t.try(t.first) {
		m := t.first
		t.first, m.next = m.next, nil
		t.waiting.Add(-1)
		m.ready <- struct{}{}
	}
	if t.first != nil && !t.watched {
		t.watched = true
		time.AfterFunc(lookEvery, t.look)
	}
	if t.closely.Load() && !t.calming {
		t.calming, t.queued = true, 0
		time.AfterFunc(calmAfter, t.calm)
	}
}

// calm comes calmAfter after somebody has queued, and again as long as others do.
func (t *turns) calm() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calming = false
	if t.first == nil && t.queued == 0 {
		t.closely.Store(false)
		return
	}
	t.serve()
}

// holds says that the turn has not been taken away.
func (t *turns) holds(m *turn) bool { return m.n != 0 && t.slots[m.slot].n.Load() == m.n }

// look comes every lookEvery while somebody queues.
func (t *turns) look() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.watched = false
	t.takeAway(t.lasting())
	t.serve()
}

// lasting returns the slots whose turns last. The caller holds mu.
func (t *turns) lasting() (which []int) {
	for i := range t.slots {
		n, s := t.slots[i].n.Load(), &t.seen[i]
		if n != s.n {
			*s = sight{n: n}
			continue
		}
		s.times++
		if n%kinds == working && s.times >= lastingStep || n%kinds == calling && s.times >= lastingCallback {
			which = append(which, i)
		}
	}
	return which
}

// takeAway frees those slots when too few others get on. The caller holds mu.
func (t *turns) takeAway(lasting []int) {
	if len(t.slots)-len(lasting) >= runtime.GOMAXPROCS(0) {
		return
	}
	for _, i := range lasting {
		n := t.seen[i].n
		t.slots[i].n.CompareAndSwap(n, next(n, free)) // fails when it ends at this moment
	}
}
