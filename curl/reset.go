package curl

import "github.com/seed-0edfda58/gocurl/curl/internal/state"

// Reset puts every option back to its default and drops the callbacks. Connections, cookies and caches are kept. Inside
// a callback of the handle it is accepted and carried out when the transfer is over; from elsewhere a handle in flight
// is ErrBusy.
//
// https://curl.se/libcurl/c/curl_easy_reset.html
func (e *Easy) Reset() error {
	h := e.handle()
	h.mu.Lock()
	v, err := h.decide(state.Reset)
	switch v {
	case state.Do:
		err = e.reset()
		return reraise(firstPanic(err, e.settle()))
	case state.Defer:
		h.reset = true
	}
	h.mu.Unlock()
	return err
}

// reset is Reset at rest. The caller holds mu.
func (e *Easy) reset() error {
	h := e.h
	defer h.withKin()()
	h.disconnect()
	err := h.calls(e, func() {
		if h.cell.Attached() { // connect-only: the connection cannot outlive its options
			h.own.C().Remove(h.cell)
		}
		h.cell.Reset()
	})
	e.fn = e.fn.forConnections()
	h.proxy = proxySetting{}
	h.leaveURL()
	if h.st == state.Connected {
		h.st = state.Idle
	}
	return err
}
