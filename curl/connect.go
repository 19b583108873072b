package curl

import (
	"context"
	"io"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
)

// Send writes to the connection that a Perform with opt.ConnectOnly has left, and waits until all of p is written or
// ctx is done. It returns how much was written. The connection is one goroutine's at a time: another Send or Recv
// meanwhile waits for it.
//
// https://curl.se/libcurl/c/curl_easy_send.html
func (e *Easy) Send(ctx context.Context, p []byte) (int, error) {
	done := 0
	for done < len(p) {
		n, err := e.transfer(ctx, state.Send, p[done:])
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
	n, err := e.transfer(ctx, state.Recv, p)
	if err == nil && n == 0 {
		return 0, io.EOF
	}
	return n, err
}

// transfer sends or receives once, waiting for the socket first if it must.
func (e *Easy) transfer(ctx context.Context, op state.Op, p []byte) (int, error) {
	h, wait := e.h, time.Millisecond
	for {
		if err := whyDone(ctx); err != nil {
			return 0, ended(op.String(), err)
		}
		lock, err := h.acquire(op)
		if err != nil {
			return 0, err
		}
		var n, code int
		panicked := h.calls(e, func() {
			if op == state.Send {
				n, code = h.cell.Send(p)
			} else {
				n, code = h.cell.Recv(p)
			}
		})
		text := h.cell.ErrorText()
		fd, _ := h.cell.InfoSocket(int32(info.ActiveSocket.ID()))
		e.release(lock)
		if panicked != nil {
			return 0, reraise(panicked)
		}
		switch codes.Easy(code) {
		case codes.OK:
			return n, nil
		case codes.Again:
		default:
			return n, &Error{Op: op.String(), Code: codes.Easy(code), Detail: text}
		}
		// Short waits that double: a wait cannot be interrupted when ctx ends or the handle is closed.
		capi.SocketWait(int(fd), op == state.Send, -1, wait.Microseconds())
		wait = min(2*wait, 20*time.Millisecond)
	}
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
