package curl

import (
	"sync"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
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
	err := in.settleLater(after)
	if p != nil {
		return p
	}
	return err
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
