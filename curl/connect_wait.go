package curl

import (
	"context"
	"errors"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// attempt is one Send or Recv, or one of their like for WebSocket, that waits until libcurl can do it.
type attempt struct {
	e      *Easy
	op     state.Op
	p      []byte
	method string // that was called

	of uint64 // the transfer that made the connection, by handle.run; 0: whichever

	flags opt.FrameFlags // WSSend
	size  int64          // WSSend

	on uint64 // the transfer whose connection the first try has found: what follows is not for the next one

	done bool // n, part and err count
	n    int
	part capi.FramePart // WSRecv
	err  error
}

const (
	// shortest and longest are the pauses between two tries where there is nothing to wait on.
	shortest, longest = time.Millisecond, 20 * time.Millisecond
	// recheck bounds a wait for the socket: TLS may have to write before it can read, and the other way round.
	recheck = time.Second
)

// run tries until it is done or ctx ends.
func (a *attempt) run(ctx context.Context) (int, error) {
	for pause := shortest; ; pause = min(2*pause, longest) {
		waited := a.try(ctx) && a.wait(ctx)
		if a.done {
			return a.n, reraise(named(a.err, a.method))
		}
		if !waited {
			select {
			case <-ctx.Done():
			case <-time.After(pause):
			}
		}
	}
}

// try asks libcurl once. again says that the socket has to be waited for; otherwise somebody else is inside libcurl with
// the connection, and in a callback there.
func (a *attempt) try(ctx context.Context) (again bool) {
	h := a.e.handle()
	expired := whyDone(ctx) // with no lock held: ctx may be of any make
	h.mu.Lock()
	err := h.replaced(a.op, a.of)
	if err == nil && h.st == state.Connected {
		if a.on == 0 {
			a.on = h.run
		}
		err = h.replaced(a.op, a.on)
	}
	if err != nil {
		h.mu.Unlock()
		a.done, a.err = true, err
		return false
	}
	if in := h.memberOf; in != nil && h.st == state.Connected && h.situation() <= state.ForeignCallback && expired == nil {
		h.mu.Unlock()
		return a.tryMember(ctx, in)
	}
	if !h.calling || h.st != state.Connected || h.situation() > state.ForeignCallback {
		_, err = h.decide(a.op)
	} else if expired == nil {
		h.mu.Unlock()
		return false
	}
	if err == nil && expired != nil {
		err = ended(a.method, expired)
	}
	if err != nil {
		h.mu.Unlock()
		a.done, a.err = true, err
		return false
	}
	var n, code int
	err = h.calls(a.e, func() { n, code = a.call(h) })
	if code := codes.Easy(code); err == nil && code != codes.OK && code != codes.Again {
		err = a.failed(h, code)
	}
	return a.conclude(n, code, firstPanic(err, a.e.settle()))
}

// replaced says that the connection which that transfer made is not the handle's any more. The caller holds mu.
func (h *handle) replaced(op state.Op, run uint64) error {
	if run == 0 || run == h.run || h.st == state.Closed || h.st == state.Draining {
		return nil
	}
	return refusal(op, h.st, state.Outside, state.NotConnected, nil)
}

// call asks libcurl. The caller holds the lock.
func (a *attempt) call(h *handle) (n, code int) {
	switch a.op {
	case state.Send:
		return h.cell.Send(a.p)
	case state.Recv:
		return h.cell.Recv(a.p)
	case state.WSSend:
		a.part, code = h.cell.WSSend(a.p, a.size, uint32(a.flags))
	default:
		a.part, code = h.cell.WSRecv(a.p)
	}
	return a.part.N, code
}

// failed is the error that libcurl's answer comes to. The caller holds the lock.
func (a *attempt) failed(h *handle, code codes.Easy) error {
	err := &Error{Op: a.method, Code: code, Detail: h.text(), Errno: h.errno(code)}
	if a.op == state.WSSend || a.op == state.WSRecv {
		if scheme, _ := h.cell.InfoString(int32(info.Scheme.ID())); !isWebSocket(strings.ToLower(scheme)) {
			err.Cause = errNoWebSocket // of which libcurl says that an argument is wrong, or that sending failed
		}
	}
	return err
}

var errNoWebSocket = errors.New("the connection is none of a WebSocket; use a ws or wss URL and opt.ConnectOnly(opt.ConnectOnlyWebSocket), or Send and Recv")

func (a *attempt) conclude(n, code int, err error) (again bool) {
	if err == nil && codes.Easy(code) == codes.Again {
		return true
	}
	a.done, a.n, a.err = true, n, err
	return false
}

// wait tries again each time that the socket is ready, in Go's poller, until a try comes to something, ctx ends, the
// handle loses its connection, or recheck is over. It reports false when there is nothing to wait on.
func (a *attempt) wait(ctx context.Context) bool {
	f := a.watch(ctx)
	if f == nil {
		return false
	}
	defer a.e.handle().unwatch(f)
	raw, err := f.SyscallConn()
	if err != nil {
		return false
	}
	stop := context.AfterFunc(ctx, func() { wake(f) })
	defer stop()
	// The poller is edge-triggered: what came before this call is found by trying first, as Read and Write do.
	ready := raw.Read
	if a.op == state.Send || a.op == state.WSSend {
		ready = raw.Write
	}
	ready(func(uintptr) bool { return !a.try(ctx) })
	return true
}

// watch opens a second descriptor of the connection's socket for Go's poller, nil if that is not possible.
func (a *attempt) watch(ctx context.Context) (f *os.File) {
	h := a.e.handle()
	h.mu.Lock()
	in := h.memberOf
	if in == nil {
		f = h.watch()
	}
	h.mu.Unlock()
	if in != nil { // whose driver has the connection
		_ = in.call(ctx, a.op, a.e, func() error { // what went wrong the next try finds as well
			h.mu.Lock()
			defer h.mu.Unlock()
			f = h.watch()
			return nil
		})
	}
	return f
}

// watch opens it, or takes the one that another wait has left. The caller holds mu, and what a call on the connection needs.
func (h *handle) watch() *os.File {
	if h.st != state.Connected {
		return nil
	}
	f := h.unwatched
	h.unwatched = nil
	if f == nil {
		fd, code := h.cell.InfoSocket(int32(info.ActiveSocket.ID()))
		if code != 0 || fd < 0 {
			return nil
		}
		if f = dupSocket(int(fd)); f == nil {
			return nil
		}
	}
	if f.SetDeadline(time.Now().Add(recheck)) != nil {
		f.Close()
		return nil
	}
	if h.watches == nil {
		h.watches = map[*os.File]struct{}{}
	}
	h.watches[f] = struct{}{}
	return f
}

// unwatch ends a wait. One descriptor is kept for the next.
func (h *handle) unwatch(f *os.File) {
	h.mu.Lock()
	_, current := h.watches[f]
	delete(h.watches, f)
	keep := current && h.unwatched == nil && h.st == state.Connected
	if keep {
		h.unwatched = f
	}
	h.mu.Unlock()
	if !keep {
		f.Close()
	}
}

// parting is closed when the handle has given up the connection that this transfer has made.
func (h *handle) parting(of uint64) <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.run != of || h.st != state.Connected { // it has already
		gone := make(chan struct{})
		close(gone)
		return gone
	}
	if h.parted == nil {
		h.parted = make(chan struct{})
	}
	return h.parted
}

// disconnect has everybody who waits for the connection look at the handle again. The caller holds mu.
func (h *handle) disconnect() {
	for f := range h.watches {
		wake(f)
	}
	clear(h.watches) // they are not for the next connection
	if h.parted != nil {
		close(h.parted)
		h.parted = nil
	}
	if h.unwatched != nil {
		h.unwatched.Close() // the socket itself stays open as long as a descriptor does
		h.unwatched = nil
	}
}

// wake ends the wait on f.
func wake(f *os.File) { f.SetDeadline(time.Unix(1, 0)) }

// errno is the system's error number behind a failure with this code, 0 when there is none. The caller holds the lock.
func (h *handle) errno(code codes.Easy) syscall.Errno {
	n, failed := h.cell.InfoLong(int32(info.OSErrno.ID()))
	if failed != 0 || n < 0 || !ownErrno(code) {
		return 0
	}
	return syscall.Errno(n)
}
