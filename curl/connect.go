package curl

import (
	"context"
	"io"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// Send writes to the connection that a Perform with opt.ConnectOnly has left, and waits until all of p is written or
// ctx is done. It returns how much was written. While one goroutine waits in Send another one may Recv; bytes of two
// Sends at once are mixed.
//
// https://curl.se/libcurl/c/curl_easy_send.html
func (e *Easy) Send(ctx context.Context, p []byte) (int, error) {
	done := 0
	for done < len(p) {
		n, err := (&attempt{e: e, op: state.Send, p: p[done:]}).run(ctx)
		done += n
		if err != nil {
			return done, err
		}
	}
	return done, nil
}

// Recv reads from the connection that a Perform with opt.ConnectOnly has left: at least one byte, waiting until there
// is one or ctx is done. The end of the connection is io.EOF.
//
// https://curl.se/libcurl/c/curl_easy_recv.html
func (e *Easy) Recv(ctx context.Context, p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	n, err := (&attempt{e: e, op: state.Recv, p: p}).run(ctx)
	if err == nil && n == 0 {
		return 0, io.EOF
	}
	return n, err
}

// Upkeep sends what idle connections of the handle need to stay open (HTTP/2 pings and the like), at most once per
// opt.UpkeepInterval. libcurl before 8.8.0 only looks at connections of curl_easy_perform, of which there are none here:
// there it does nothing.
//
// https://curl.se/libcurl/c/curl_easy_upkeep.html
func (e *Easy) Upkeep() error {
	h := e.h
	lock, err := h.acquire(state.Upkeep)
	if err != nil {
		return err
	}
	code, text := 0, ""
	if h.drv != nil {
		err = h.calls(e, func() {
			d := h.drv.C()
			added := !h.cell.Attached() && d.Add(h.cell) == 0 // connections are looked up through the multi handle
			code = h.cell.Upkeep()
			if added {
				d.Remove(h.cell)
			}
		})
		text = h.cell.ErrorText()
	}
	e.release(lock)
	if code != 0 && err == nil {
		err = &Error{Op: "upkeep", Code: codes.Easy(code), Detail: text}
	}
	return reraise(err)
}
