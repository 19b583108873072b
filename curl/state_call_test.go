package curl_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// atOnce is how long a call that does not wait may take, on a machine that is busy with other things.
const atOnce = 2 * time.Second

// stateCalls makes each operation of the state table that is about a handle in the way a user does; CloseShare, which is
// not, and Read, which is about a body, have walks of their own. A refusal comes back as it is; whatever
// else an accepted call has to say does not matter to the table and is nil.
var stateCalls = map[state.Op]func(h *curl.Easy) error{
	state.Set:     func(h *curl.Easy) error { return h.Set(opt.UserAgent("table")) },
	state.SetLive: func(h *curl.Easy) error { return h.Set(opt.LowSpeedLimit(0)) },
	state.Reset:   func(h *curl.Easy) error { return h.Reset() },
	state.Clone: func(h *curl.Easy) error {
		clone, err := h.Clone()
		if err == nil {
			clone.Close()
		}
		return err
	},
	state.Info: func(h *curl.Easy) error {
		_, err := curl.Info(h, info.ResponseCode)
		return err
	},
	state.InfoTLS: func(h *curl.Easy) error {
		_, err := curl.Info(h, info.TLSPointer)
		return err
	},
	state.Headers: func(h *curl.Easy) error {
		_, err := h.Headers(curl.FromHeader)
		return err
	},
	state.Perform: func(h *curl.Easy) error { return h.Perform(context.Background()) },
	state.Open: func(h *curl.Easy) error {
		body, err := h.Open(context.Background())
		if err == nil {
			body.Close()
		}
		return err
	},
	state.Upkeep: func(h *curl.Easy) error { return h.Upkeep() },
	state.Sessions: func(h *curl.Easy) error {
		_, err := h.ExportTLSSessions()
		if errors.Is(err, curl.ErrUnsupported) || errors.Is(err, curl.ErrSharedSessions) {
			err = nil
		}
		return err
	},
	state.Send: func(h *curl.Easy) error {
		_, err := h.Send(context.Background(), []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
		return err
	},
	state.Recv: func(h *curl.Easy) error {
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond) // nothing was asked for
		defer cancel()
		_, err := h.Recv(ctx, make([]byte, 10))
		if errors.Is(err, context.DeadlineExceeded) {
			err = nil
		}
		return err
	},
	state.WSSend: func(h *curl.Easy) error {
		_, err := h.WSSend(context.Background(), []byte("x"), opt.FrameText, 0)
		return refusalIn(err)
	},
	state.WSRecv: func(h *curl.Easy) error {
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		_, _, err := h.WSRecv(ctx, make([]byte, 10))
		return refusalIn(err)
	},
	state.WSMeta: func(h *curl.Easy) error {
		_, err := h.WSMeta()
		return refusalIn(err)
	},
	state.WSStartFrame: func(h *curl.Easy) error { return refusalIn(h.WSStartFrame(opt.FrameText, 1)) },
	state.Pause:        func(h *curl.Easy) error { return h.Pause(curl.Receiving) },
	state.Resume:       func(h *curl.Easy) error { return h.Resume(curl.Receiving) },
	state.Cancel:       func(h *curl.Easy) error { return h.Cancel() },
	state.Close:        func(h *curl.Easy) error { return h.Close() },
	state.Attach: func(h *curl.Easy) error {
		g, err := aside()
		if err == nil {
			err = g.Attach(h)
		}
		if errors.Is(err, curl.ErrAttached) {
			err = nil
		}
		return err
	},
	state.Detach: func(h *curl.Easy) error {
		g, err := aside()
		if err == nil {
			err = g.Detach(h)
		}
		if errors.Is(err, curl.ErrNotAttached) {
			err = nil
		}
		return err
	},
	state.Add:    addElsewhere,
	state.Remove: removeMember,
}

// refusalIn leaves nothing of an error but a refusal.
func refusalIn(err error) error {
	var refused *curl.StateError
	if errors.As(err, &refused) {
		return err
	}
	return nil
}

// aside is an engine that no other test uses.
var aside = sync.OnceValues(func() (*curl.Engine, error) { return curl.NewEngine(curl.EngineConfig{}) })

// refusals is what users see of each verdict that refuses.
var refusals = map[state.Verdict]error{
	state.Busy:         curl.ErrBusy,
	state.InCallback:   curl.ErrInCallback,
	state.ClosedHandle: curl.ErrClosed,
	state.NotConnected: curl.ErrNotConnected,
	state.NotInFlight:  curl.ErrNotInFlight,
	state.NotAdded:     curl.ErrNotAdded,
}

// expectVerdict compares what a call returned with the table's verdict.
func expectVerdict(t *testing.T, op state.Op, want state.Verdict, err error) {
	t.Helper()
	if op == state.Headers && errors.Is(err, curl.ErrUnsupported) {
		if v, verr := curl.Version(); verr != nil || v.Num >= 0x075300 {
			t.Errorf("Headers: %v", err)
		}
		return
	}
	var refused *curl.StateError
	switch {
	case want.Accepted() && err != nil:
		t.Errorf("%v: %v; the table says %v", op, err, want)
	case !want.Accepted() && (!errors.As(err, &refused) || !errors.Is(err, refusals[want])):
		t.Errorf("%v: %v; the table says %v", op, err, want)
	case !want.Accepted() && refused.Op != methodOf(op):
		t.Errorf("%v: the error names %q", op, refused.Op)
	}
}

// methodOf is the method with which stateCalls makes an operation: errors name no others.
func methodOf(op state.Op) string {
	switch op {
	case state.SetLive:
		return "Set"
	case state.InfoTLS:
		return "Info"
	case state.Sessions:
		return "ExportTLSSessions"
	}
	return op.String()
}

// promptly runs f where it stands and fails the test when f does not return at once. A call that never returns ends
// the process, with all stacks.
func promptly(t *testing.T, what string, f func()) {
	t.Helper()
	start := time.Now()
	hung := time.AfterFunc(5*atOnce, func() { panicWithStacks(what + " hangs") })
	f()
	hung.Stop()
	if took := time.Since(start); took > atOnce {
		t.Errorf("%s took %v", what, took)
	}
}

func panicWithStacks(why string) {
	dump := make([]byte, 1<<20)
	panic(why + "\n\n" + string(dump[:runtime.Stack(dump, true)]))
}

// awaited waits for something that another goroutine is about to do.
func awaited[T any](t *testing.T, what string, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(5 * atOnce):
		panicWithStacks(t.Name() + ": never came: " + what)
	}
	return v
}
