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
	return e.send(ctx, "Send", p, 0)
}

// send is Send on the connection of a certain transfer.
func (e *Easy) send(ctx context.Context, method string, p []byte, of uint64) (int, error) {
	if len(p) == 0 {
		_, err := e.connected(state.Send, method, of)
		return 0, err
	}
	a := attempt{e: e, op: state.Send, method: method, of: of}
	done := 0
	for done < len(p) {
		a.p, a.n, a.done = p[done:], 0, false
		n, err := a.run(ctx)
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
	return e.recv(ctx, "Recv", p, 0)
}

// recv is Recv on the connection of a certain transfer.
func (e *Easy) recv(ctx context.Context, method string, p []byte, of uint64) (int, error) {
	if len(p) == 0 {
		_, err := e.connected(state.Recv, method, of)
		return 0, err
	}
	n, err := (&attempt{e: e, op: state.Recv, method: method, p: p, of: of}).run(ctx)
	if err == nil && n == 0 {
		return 0, io.EOF
	}
	return n, err
}

// connected says what a Send or Recv of nothing would be told, or a call like them, and which transfer has made the
// connection.
func (e *Easy) connected(op state.Op, method string, of uint64) (run uint64, err error) {
	h := e.handle()
	lock, err := h.acquire(op)
	if err != nil {
		return 0, named(err, method)
	}
	lock.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.run, named(h.replaced(op, of), method)
}

// Upkeep has libcurl send what idle connections of the handle need to stay open, such as HTTP/2 pings, at most once per
// opt.UpkeepInterval. There is little to it so far: 7.88.1 and older look only at connections of curl_easy_perform, of
// which there are none here, and 8.14.1 to 8.23.0, perhaps others, keep a ping in their output buffer until the
// connection is used again. opt.TCPKeepAlive holds a connection open without any call.
//
// Newer releases number transfers anew here: afterwards info.ConnectionID, info.TransferID and the sockets no longer tell
// about the last transfer.
//
// https://curl.se/libcurl/c/curl_easy_upkeep.html
func (e *Easy) Upkeep() error {
	h := e.handle()
	lock, err := h.acquire(state.Upkeep)
	if err != nil {
		return err
	}
	code, text := 0, ""
	if h.own != nil && !h.share.has(ShareConnections) { // those are the lane's
		err = h.calls(e, func() {
			d := h.own.C()
			added := !h.cell.Attached() && d.Add(h.cell) == 0 // connections are looked up through the multi handle
			code = h.cell.Upkeep()
			if added {
				d.Remove(h.cell)
			}
		})
		text = h.text()
	}
	e.release(lock)
	if code != 0 && err == nil {
		err = &Error{Op: "upkeep", Code: codes.Easy(code), Detail: text}
	}
	return reraise(err)
}
