package curl

import (
	"unsafe"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
)

// hookPush has the user decide about a pushed stream, whose handle is a member while it is asked: one that waits for its
// start, so that options can be set. What the parent has set is not inherited.
func hookPush(key, parent, easy, n uintptr, headers unsafe.Pointer) (ret int) {
	in := hearing(key)
	if in == nil || in.outer.push == nil {
		return int(multiopt.PushDeny)
	}
	h := &handle{st: state.Attached, memberOf: in, drv: in.d, offered: true, tainted: true}
	h.enlist()
	h.cell = in.c.Adopt(parent, easy, h.key)
	if !h.cell.Valid() {
		slots.drop(h.key)
		return int(multiopt.PushDeny)
	}
	e := own(h, newGuard())
	in.mu.Lock()
	in.enter(in.outer, h, e)
	in.mu.Unlock()
	p := multiopt.Push{Parent: in.known(parent), Stream: e, Headers: capi.PushHeaders(headers, int(n))}
	f := in.outer.push
	ret = in.decidePush(f, p) // Goexit goes on from here, and everything is abandoned
	if !in.take(h, e, ret == int(multiopt.PushAccept)) && ret == int(multiopt.PushAccept) {
		ret = int(multiopt.PushDeny)
	}
	return ret
}

// decidePush calls the user's function. A panic refuses the stream, and is raised by the call in progress.
func (in *multi) decidePush(f multiopt.PushFunc, p multiopt.Push) (ret int) {
	ret = int(multiopt.PushError)
	x := insideMulti{in: in, quiet: true}
	x.enter()
	defer x.leave()
	ret = int(f(p))
	x.done(nil)
	return ret
}
