package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// Clone makes a handle with the same options and callbacks. The clone owns all its memory and outlives the original;
// both call the same Go functions. A MIME is set on the clone anew: its files must be there. Connections, caches, cookies in memory and the state of a transfer are not copied.
//
// https://curl.se/libcurl/c/curl_easy_duphandle.html
func (e *Easy) Clone() (*Easy, error) {
	h := e.handle()
	lock, err := h.acquire(state.Clone)
	if err != nil {
		return nil, err
	}
	to := &handle{st: state.Idle, tainted: true, proxy: h.proxy, url: h.url, staleURL: h.staleURL}
	to.enlist()
	code := 0
	err = h.calls(e, func() { to.cell, code = h.cell.Clone(to.key) })
	fn := e.fn.copy()
	if to.cell.Valid() && to.url != nil && !to.url.attach(to) { // closed while a callback ran
		to.noURL()
	}
	e.release(lock)
	if !to.cell.Valid() {
		slots.drop(to.key)
		if err == nil {
			err = &Error{Op: "clone", Code: codes.Easy(code)}
		}
		return nil, reraise(err)
	}
	clone := own(to, newGuard())
	clone.fn = fn
	if err != nil {
		clone.Close()
		return nil, reraise(err)
	}
	return clone, nil
}
