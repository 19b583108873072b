package curl

import (
	"errors"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// Why a handle cannot join or leave; match them with errors.Is.
var (
	// ErrAttached: the handle belongs to another engine; detach it there first.
	ErrAttached = errors.New("the handle is attached elsewhere; detach it there first")
	// ErrNotAttached: the handle does not belong to this engine.
	ErrNotAttached = errors.New("the handle is not attached here")
)

// Attaching says how a handle is attached.
type Attaching int

// OnSpot lets a handle with callbacks that must answer while libcurl waits use the engine's connections all the same.
// Each of its callbacks holds up all other transfers of its shard while it runs, and none of them may wait for one.
// When one ends its goroutine (runtime.Goexit), the transfers of the shard end with ErrAbandoned.
const OnSpot Attaching = 1

// Attach has the handle's transfers run on the engine, from the next Perform on. A handle belongs to one engine at a
// time; attaching it again changes how. In flight it is ErrBusy, in its own callbacks ErrInCallback.
func (g *Engine) Attach(e *Easy, how ...Attaching) error {
	h := e.handle()
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, err := h.decide(state.Attach); err != nil {
		return err
	}
	if h.group != nil && h.group != g {
		return ErrAttached
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closing {
		return ErrEngineClosed
	}
	h.group, h.onSpot = g, len(how) > 0 && how[0] == OnSpot
	g.members[h] = struct{}{}
	return nil
}

// Detach has the handle run its transfers on its own again. Its connections stay with the engine. It is refused like
// Attach; a handle that is not attached to this engine is ErrNotAttached.
func (g *Engine) Detach(e *Easy) error {
	h := e.handle()
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, err := h.decide(state.Detach); err != nil {
		return err
	}
	if h.group != g {
		return ErrNotAttached
	}
	g.forget(h)
	return nil
}

// forget is part of group.
func (g *Engine) forget(h *handle) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.members, h)
	h.group = nil
	if h.drv != h.own { // else it may be in flight there
		h.drv = h.own
	}
}

// list is the handles that are attached now.
func (g *Engine) list() []*handle {
	g.mu.Lock()
	defer g.mu.Unlock()
	list := make([]*handle, 0, len(g.members))
	for h := range g.members {
		list = append(list, h)
	}
	return list
}
