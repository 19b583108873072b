package main

import (
	"sync"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// gauge is how far one goroutine has come. The callback of its transfer writes it and whoever draws reads it.
type gauge struct {
	mu           sync.Mutex
	busy         bool
	now, of      int64 // bytes of the transfer in flight; of is 0 while libcurl does not know
	done, failed int
	received     int64 // bytes of the transfers before
}

// update is the opt.XferInfoFunc of the goroutine's handle.
func (g *gauge) update(p opt.Progress) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now, g.of = p.Downloaded, p.DownloadTotal
	return nil
}

func (g *gauge) begin() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.busy = true
}

func (g *gauge) end(r result) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.busy, g.now, g.of = false, 0, 0
	g.received += r.size
	switch {
	case r.err == nil:
		g.done++
	case !r.interrupted():
		g.failed++
	}
}

// mark is the state of the goroutine in one character.
func (g *gauge) mark() byte {
	switch {
	case !g.busy:
		return '.'
	case g.of <= 0:
		return '-'
	}
	return "0123456789#"[min(g.now*10/g.of, 10)]
}
