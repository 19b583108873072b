package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// SetURL attaches a parsed URL: the handle's transfers go where it points when they begin, so that it can be changed between
// two of them. Of SetURL and opt.URL the one that was called last counts. SetURL(nil) leaves the handle without a URL, as do
// Unset(opt.IDCURLU) and Reset; a Clone of the handle is attached to the same URL.
//
// It is refused like Set while the handle is in flight, and with ErrURLClosed for a closed URL. Before libcurl 7.63.0 it
// is an *UnsupportedError.
//
// https://curl.se/libcurl/c/CURLOPT_CURLU.html
func (e *Easy) SetURL(u *URL) error {
	if m, _ := opt.Lookup(opt.IDCURLU); u != nil && u.p != nil && capi.VersionNum() < m.Since {
		return unsupported(m.Name, m.Since)
	}
	h := e.handle()
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, err := h.decide(state.Set); err != nil {
		return named(err, "SetURL")
	}
	if u == nil {
		h.noURL()
		return nil
	}
	p := u.parsed()
	if p != h.url {
		if !p.attach(h) {
			return &StateError{Op: "SetURL", State: state.Closed.String(), Caller: h.situation().String(), Reason: ErrURLClosed}
		}
		h.leaveURL()
		h.url = p
	}
	return nil
}

// noURL leaves the handle without a URL, which the C handle is told before its next transfer. The caller holds mu.
func (h *handle) noURL() {
	h.leaveURL()
	h.proxy.forget(opt.IDURL)
	h.staleURL = true
}

// leaveURL detaches the handle from its parsed URL, because it has a text now or is gone. The caller holds mu, or in a
// callback the lock of what its transfer runs on.
func (h *handle) leaveURL() {
	h.url.detach(h)
	h.url, h.staleURL = nil, false
}

// takeURL gives the C handle of a handle at rest the URL as it is now. The caller holds mu.
func (h *handle) takeURL() error {
	if h.url == nil && !h.staleURL {
		return nil
	}
	switch {
	case h.calling, h.driven(), h.st == state.Done, h.st == state.Draining, h.st == state.Closed:
		return nil // no transfer can begin
	}
	code := 0
	if h.url != nil {
		text, failed, ok := h.url.lend(h.cell)
		if ok {
			h.proxy.note(opt.IDURL, text)
			code = failed
		} else { // its Close is about to say so
			h.noURL()
		}
	}
	if h.staleURL {
		code = h.cell.SetURL(capi.URL{})
		h.staleURL = code != 0
	}
	if code != 0 {
		return &Error{Op: "set CURLOPT_CURLU", Code: codes.Easy(code), Detail: h.text()}
	}
	return nil
}
