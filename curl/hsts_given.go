package curl

import (
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// hstsGiven is what a list of libcurl's has been given by HSTS read functions. libcurl calls them for each transfer, and
// before 8.21.0 puts what it has already in once more (quirkHSTS): the list of a handle, or of a share, that lives long
// would grow for ever, and looking for a host take longer and longer. nil is one that is of no use.
type hstsGiven struct {
	mu      sync.Mutex // the list of a share is given to by all members
	entries map[string]opt.HSTSEntry
	tidy    sweep // of the expired ones
}

// givenHSTS is for the list that is about to be read into. The lock in h.held is held.
func (h *handle) givenHSTS() *hstsGiven {
	switch {
	case !quirkHSTS.here(), h.cell.Cloning():
		return nil
	case h.share.has(ShareHSTS):
		return &h.share.hsts
	case !h.cell.KeepsHSTS():
		h.hsts = new(hstsGiven)
	}
	return h.hsts
}

func hstsHost(host string) string { return strings.ToLower(strings.TrimSuffix(host, ".")) }

func expired(e opt.HSTSEntry) bool { return !e.Expire.IsZero() && e.Expire.Before(time.Now()) }

// has says that there is an entry which does as much today. One that lasts longer comes when that has expired.
func (g *hstsGiven) has(e opt.HSTSEntry) bool {
	if g == nil {
		return false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	old, ok := g.entries[hstsHost(e.Host)]
	return ok && (!expired(old) || expired(e)) && (old.IncludeSubdomains || !e.IncludeSubdomains)
}

func (g *hstsGiven) add(e opt.HSTSEntry) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.entries == nil {
		g.entries = map[string]opt.HSTSEntry{}
	}
	if g.tidy.due(len(g.entries)) {
		maps.DeleteFunc(g.entries, func(_ string, e opt.HSTSEntry) bool { return expired(e) })
		g.tidy.done(len(g.entries))
	}
	g.entries[hstsHost(e.Host)] = e
}
