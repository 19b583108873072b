package curl

import (
	"cmp"
	"maps"
	"slices"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// settle carries out what was posted and takes what libcurl has finished, until there is no more. d.Mu is held.
func (in *multi) settle() {
	for {
		in.d.Drain()
		in.collect()
		in.c.Notify()
		if in.failure != nil {
			in.failAll()
		}
		if !in.d.Pending() {
			return
		}
	}
}

// collect ends the transfers that are over for libcurl, and those that a callback has failed without libcurl caring.
func (in *multi) collect() {
	for c := in.c.NextMessage(); c.Valid(); c = in.c.NextMessage() {
		in.mu.Lock()
		h := in.byEasy[c.Address()]
		in.mu.Unlock()
		if h != nil && h.held == &in.d.Mu {
			h.over, h.result = true, c.Result()
			in.finish(h, 0)
		}
	}
	for i := 0; i < len(in.lent); i++ { // finishing one may enter callbacks of others
		if h := in.lent[i]; h != nil && h.failure != nil {
			in.finish(h, 0)
		}
	}
	in.takeBack()
}

// takeBack forgets the user's side of the members whose callbacks ran.
func (in *multi) takeBack() {
	for _, h := range in.lent {
		if h != nil {
			h.easy = nil
		}
	}
	clear(in.lent)
	in.lent = in.lent[:0]
}

// failAll ends every transfer, because a callback of the multi itself has failed. libcurl would do that since 7.81.0 only.
func (in *multi) failAll() {
	cause := in.failure
	in.failure = nil
	if p, ok := cause.(*CallbackPanic); ok {
		in.raise(p)
	}
	in.broke = cause
	for _, h := range in.everyone(nil) {
		h.mu.Lock()
		flying := h.memberOf == in && (h.st == state.InFlight || h.held == &in.d.Mu)
		if flying {
			h.toStop(cause)
		}
		h.mu.Unlock()
		if flying {
			in.finish(h, 0)
		}
	}
	in.failure = nil // what the same function said about the sockets of those that ended is no news
}

// everyone copies the list of members, in the order they were added; with a condition, only if that holds.
func (in *multi) everyone(cond func() bool) []*handle {
	in.mu.Lock()
	defer in.mu.Unlock()
	if cond != nil && !cond() {
		return nil
	}
	list := slices.Collect(maps.Keys(in.list))
	slices.SortFunc(list, func(a, b *handle) int { return cmp.Compare(in.list[a].number, in.list[b].number) })
	return list
}
