package curl

import (
	"errors"
	"fmt"
	"slices"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// Why a handle cannot join or leave; match them with errors.Is.
var (
	// ErrAttached: the handle belongs to another engine or share; detach it there first.
	ErrAttached = errors.New("the handle is attached elsewhere; detach it there first")
	// ErrNotAttached: the handle does not belong to this engine, or is no member of this share.
	ErrNotAttached = errors.New("the handle is not attached here")
)

// Attaching says how a handle is attached.
type Attaching int

// OnSpot lets a handle with callbacks that must answer while libcurl waits use the engine's connections all the same.
// Each of its callbacks holds up all other transfers of its shard while it runs, and none of them may wait for one.
// When one ends its goroutine (runtime.Goexit), the transfers of the shard end with ErrAbandoned.
const OnSpot Attaching = 1

// Attach has the handle's transfers run on the engine, from the next Perform on. A handle belongs to one engine at a
// time; attaching it again changes how. A handle that is in a Share keeps that; another one shares resolved names and TLS
// sessions with the others of the engine (see Share.Attach for what that means to one that has run a transfer).
//
// The error is a *StateError: ErrBusy in flight, ErrInCallback in the handle's own callbacks, ErrAttached for a member of
// another engine or of a ConfinedShare, ErrEngineClosed. An Attaching other than OnSpot (or 0, which is as without) is an *Error with
// codes.BadFunctionArgument.
func (g *Engine) Attach(e *Easy, how ...Attaching) error {
	if g == nil || g.caches == nil {
		return e.handle().refuse(state.Attach, ErrEngineClosed)
	}
	for _, a := range how {
		if a != 0 && a != OnSpot {
			return &Error{Op: "attach", Code: codes.BadFunctionArgument, Cause: fmt.Errorf("Attaching(%d) is no way to attach a handle; use curl.OnSpot, or none", a)}
		}
	}
	err := g.caches.attach(e)
	switch {
	case errors.Is(err, ErrAttached): // to a share of the user's
	case errors.Is(err, ErrShareClosed):
		return e.handle().refuse(state.Attach, ErrEngineClosed)
	case err != nil:
		return err
	}
	if err = g.join(e, slices.Contains(how, OnSpot)); err != nil {
		_ = g.caches.detach(e) // it may have a share of its own
	}
	return err
}

func (g *Engine) join(e *Easy, onSpot bool) error {
	h := e.handle()
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, err := h.decide(state.Attach); err != nil {
		return err
	}
	if h.group != nil && h.group != g {
		return h.refusal(state.Attach, ErrAttached)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closing {
		return h.refusal(state.Attach, ErrEngineClosed)
	}
	h.group, h.onSpot = g, onSpot
	g.members[h] = struct{}{}
	return nil
}

// Detach has the handle run its transfers on its own again. Its connections stay with the engine. It is refused like
// Attach; a handle that is not attached to this engine is ErrNotAttached.
func (g *Engine) Detach(e *Easy) error {
	if err := g.part(e); err != nil {
		return err
	}
	_ = g.caches.detach(e) // it may have a share of its own
	return nil
}

func (g *Engine) part(e *Easy) error {
	h := e.handle()
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, err := h.decide(state.Detach); err != nil {
		return err
	}
	if h.group != g {
		return h.refusal(state.Detach, ErrNotAttached)
	}
	g.forget(h)
	return nil
}

// refusal is the error of a call that the table allows and something else does not. The caller holds mu.
func (h *handle) refusal(op state.Op, reason error) error {
	return &StateError{Op: op.String(), State: h.st.String(), Caller: h.situation().String(), Reason: reason}
}

// refuse is refusal for callers without mu.
func (h *handle) refuse(op state.Op, reason error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.refusal(op, reason)
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
