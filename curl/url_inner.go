package curl

import (
	"maps"
	"runtime"
	"slices"
	"sync"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// parsedURL is what is behind a URL. The URL and the handles that it is attached to own it together, and the garbage
// collector frees libcurl's object after the last of them.
//
// A transfer never reads that object: its C handle gets a copy when it begins. So nothing here has to know how transfers
// end, and what becomes of C handles that are left behind or lost.
type parsedURL struct {
	mu      sync.Mutex // guards the rest; comes after a handle's mu, and no other lock comes after it
	c       capi.URL   // zero once closed
	cleanup runtime.Cleanup
	users   map[*handle]struct{} // that it is attached to
	begun   uint64               // counts the transfers that began with it
}

// handles lists the users. The caller holds mu.
func (p *parsedURL) handles() []*handle { return slices.Collect(maps.Keys(p.users)) }

// change asks the table, and runs f under mu if none of the users is in flight. It looks at one after the other with mu
// released, and starts again when a transfer has begun meanwhile: the outcome is that of a moment in which all of them
// were at rest.
func (p *parsedURL) change(op state.Op, method string, f func() error) error {
	for {
		p.mu.Lock()
		if !p.c.Valid() {
			defer p.mu.Unlock()
			return p.refuse(op, method, state.Closed, state.Outside)
		}
		users, begun := p.handles(), p.begun
		p.mu.Unlock()
		st, sit := inFlightOf(users)
		if err := p.refuse(op, method, st, sit); err != nil {
			return err
		}
		p.mu.Lock()
		if p.begun == begun && p.c.Valid() {
			defer p.mu.Unlock()
			return f()
		}
		p.mu.Unlock()
	}
}

// inFlightOf reads the state of a URL with these users, and where the caller stands as seen from the one that decides.
func inFlightOf(users []*handle) (state.State, state.Situation) {
	if len(users) == 0 {
		return state.Idle, state.Outside
	}
	for _, h := range users {
		h.mu.Lock()
		busy, sit := h.st == state.InFlight || h.calling && h.st != state.Draining, h.situation()
		h.mu.Unlock()
		if busy {
			return state.InFlight, sit
		}
	}
	return state.Attached, state.Outside
}

// refuse returns the table's refusal, nil for none.
func (p *parsedURL) refuse(op state.Op, method string, st state.State, sit state.Situation) error {
	v := state.Decide(op, st, sit)
	if v.Accepted() {
		return nil
	}
	return named(refusal(op, st, sit, v, ErrURLClosed), method)
}

// readable says why nothing can be read. The caller holds mu.
func (p *parsedURL) readable(method string) error {
	if p.c.Valid() {
		return nil
	}
	return p.refuse(state.URLRead, method, state.Closed, state.Outside)
}

// attach notes a user; it reports false when the URL is closed. The caller holds the handle's mu, as in the next two.
func (p *parsedURL) attach(h *handle) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.c.Valid() {
		return false
	}
	p.users[h] = struct{}{}
	return true
}

// detach is called by a handle that has something else now.
func (p *parsedURL) detach(h *handle) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.users, h)
}

// lend gives a copy to the C handle of a user that begins a transfer, and returns the whole as a text, "" when it has too
// few parts. It reports false when the URL is closed.
func (p *parsedURL) lend(c capi.Cell) (text string, code int, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.c.Valid() {
		return "", 0, false
	}
	p.begun++
	text, _ = p.c.Get(int(PartURL), 0)
	return text, c.SetURL(p.c), true
}
