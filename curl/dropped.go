package curl

import (
	"log/slog"
	"sync"
	"time"
)

// dropReport tells through slog of what was dropped without Close: of the first at once, of those that follow once a second,
// because a program that forgets one often forgets them all.
type dropReport struct {
	what string // "a curl.Easy"

	mu     sync.Mutex // guards the rest
	told   bool       // not long ago: next will come
	untold int
}

const tellDropsEvery = time.Second

var (
	easyDrops  = dropReport{what: "a curl.Easy"}
	multiDrops = dropReport{what: "a curl.Multi"}
	bodyDrops  = dropReport{what: "a curl.Body"}
)

// add notes another one.
func (r *dropReport) add() {
	r.mu.Lock()
	first := !r.told
	if first {
		r.told = true
		time.AfterFunc(tellDropsEvery, r.next)
	} else {
		r.untold++
	}
	r.mu.Unlock()
	if first {
		slog.Warn("gocurl: " + r.what + " was dropped without Close")
	}
}

// next tells of those that have followed.
func (r *dropReport) next() {
	r.mu.Lock()
	n := r.untold
	r.untold, r.told = 0, n > 0
	if r.told {
		time.AfterFunc(tellDropsEvery, r.next)
	}
	r.mu.Unlock()
	if n > 0 {
		slog.Warn("gocurl: "+r.what+" was dropped without Close", "times", n)
	}
}
