package curl

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// post has f carried out by whoever gets at libcurl next; carryOut follows, when no lock is held any more.
func (in *multi) post(h *handle, f func(*handle)) { in.d.Post(func() { f(h) }) }

// carryOut does what was posted, unless a callback is in progress: then whoever is in it does so when it comes out. No
// lock is held. It returns the panic of a callback that it has entered.
func (in *multi) carryOut() error {
	if in == nil || !in.d.Pending() {
		return nil
	}
	if m := in.self.Value(); m != nil {
		return in.do(m, nil)
	}
	return nil // dropped; reapMulti ends it all
}

// do runs f with libcurl, and whatever else was posted; or has it done as soon as the callback in progress returns. No lock
// is held. It returns the panic of a callback.
func (in *multi) do(m *Multi, f func()) error {
	in.d.Lock()
	if in.callbacks.Load() > 0 {
		if f != nil {
			in.d.Post(f)
		}
		in.d.Mu.Unlock()
		return nil
	}
	return in.work(m, f)
}

// work is do with d.Mu held and no callback in progress; it releases d.Mu.
func (in *multi) work(m *Multi, f func()) error {
	in.mu.Lock()
	st := in.st
	in.mu.Unlock()
	if st == state.Closed {
		in.d.Mu.Unlock()
		return nil
	}
	in.outer, in.panic = m, nil
	returned := false
	defer func() {
		if !returned { // Goexit in a callback went through libcurl and through us; no lock is held
			in.abandon(m)
		}
	}()
	if f != nil && st != state.Draining {
		in.d.Drain() // what was asked for before
		f()
	}
	in.settle()
	if in.closing() {
		in.free()
		if p, ok := in.failure.(*CallbackPanic); ok { // an error has nobody to end
			in.raise(p)
		}
		in.failure = nil
	}
	returned = true
	in.takeBack()
	p, after := in.panic, in.after
	in.outer, in.panic, in.after = nil, nil, nil
	in.pass()
	in.d.Mu.Unlock()
	var err error
	for _, e := range after {
		e.h.mu.Lock()
		err = firstPanic(err, e.settle())
	}
	if p != nil {
		return p
	}
	return err
}

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
			h.stop.CompareAndSwap(nil, &cause)
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

// raise keeps the first panic for whoever the call in progress belongs to. d.Mu is held.
func (in *multi) raise(p *CallbackPanic) {
	if in.panic == nil {
		in.panic = p
	}
}

// counts counts the callbacks that have released lock, if that is d.Mu. It returns the multi when it is.
func (in *multi) counts(lock *sync.Mutex, n int32) *multi {
	if in == nil || lock != &in.d.Mu {
		return nil
	}
	in.callbacks.Add(n)
	return in
}

// pass lets those who wait for their turn look again.
func (in *multi) pass() {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.turn != nil {
		close(in.turn)
		in.turn = nil
	}
}

// MultiError is a failure that libcurl reported about a Multi itself. errors.Is finds the code, and the error of a
// callback of the Multi.
type MultiError struct {
	Op    string      // what was being done: "Perform", "set CURLMOPT_MAXCONNECTS"
	Code  codes.Multi // libcurl's result
	Cause error       // why, when it was not libcurl's own doing; else nil
}

func (e *MultiError) Error() string {
	if e.Cause != nil {
		return "curl: multi: " + e.Op + ": " + e.Cause.Error() + " (" + e.Code.String() + ")"
	}
	return "curl: multi: " + e.Op + ": " + e.Code.Error()
}

// Unwrap returns the code and the cause, if there is one.
func (e *MultiError) Unwrap() []error {
	if e.Cause != nil {
		return []error{e.Code, e.Cause}
	}
	return []error{e.Code}
}

func multiError(op string, code int) error {
	if code == 0 {
		return nil
	}
	return &MultiError{Op: op, Code: codes.Multi(code)}
}
