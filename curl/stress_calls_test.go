package curl_test

import (
	"errors"
	"io"
	"runtime"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// stressCall is one kind of call.
type stressCall struct {
	name   string
	op     state.Op
	seldom int  // when chosen, it is made one time in so many
	apart  bool // it is not about the handle, which is not watched
	make   func(p *player, h *stressHandle) error
	round  func(p *player, h *stressHandle) // several calls, each made by itself
}

// stressCalls are the calls to choose from; what is there more often is made more often.
var stressCalls []stressCall

var resumeCall = stressCall{name: "resume", op: state.Resume, make: func(p *player, h *stressHandle) error { return h.Resume(p.direction()) }}

func init() {
	stressCalls = append(stressCalls,
		performCall, performCall,
		stressCall{name: "fetch", op: state.Perform, make: func(p *player, h *stressHandle) error {
			ctx, cancel := p.soon()
			defer cancel()
			_, err := h.Fetch(ctx)
			return err
		}},
		setCall, setCall,
		stressCall{name: "set cookies", op: state.Set, make: func(p *player, h *stressHandle) error {
			return h.Set(opt.CookieList("Set-Cookie: a=1; domain=example.com; path=/"), opt.CookieList("Set-Cookie: dropped"))
		}},
		stressCall{name: "set live", op: state.SetLive, make: func(p *player, h *stressHandle) error {
			return h.Set(opt.MaxRedirs(p.rnd.IntN(5)), opt.Verbose(p.rnd.IntN(2) == 0), opt.WriteFunction(h.write))
		}},
		stressCall{name: "set mime", op: state.Set, make: func(p *player, h *stressHandle) error { return h.SetMIME(someForm(p, h)) }},
		stressCall{name: "unset", op: state.Set, make: func(p *player, h *stressHandle) error {
			return h.changes(p, isIdle, func() error {
				return h.Unset(opt.IDWriteFunction, opt.IDHTTPHeader, opt.IDConnectOnly, opt.IDUpload)
			})
		}},
		resetCall,
		stressCall{name: "clone", op: state.Clone, make: cloneHandle},
		stressCall{name: "info", op: state.Info, make: func(p *player, h *stressHandle) error {
			_, err := curl.Info(h.Easy, info.EffectiveURL)
			return err
		}},
		stressCall{name: "info", op: state.Info, make: func(p *player, h *stressHandle) error {
			_, err := curl.Info(h.Easy, info.CookieList)
			return err
		}},
		stressCall{name: "headers", op: state.Headers, make: func(p *player, h *stressHandle) error {
			_, err := h.Headers(curl.FromHeader)
			if errors.Is(err, curl.ErrUnsupported) && olderThan(p.w.t, 0x075300) {
				return errUnjudged
			}
			return err
		}},
		stressCall{name: "upkeep", op: state.Upkeep, make: func(p *player, h *stressHandle) error { return h.Upkeep() }},
		stressCall{name: "export sessions", op: state.Sessions, make: func(p *player, h *stressHandle) error {
			_, err := h.ExportTLSSessions()
			if errors.Is(err, curl.ErrUnsupported) || errors.Is(err, curl.ErrSharedSessions) {
				err = nil
			}
			return err
		}},
		stressCall{name: "send", op: state.Send, make: func(p *player, h *stressHandle) error {
			ctx, cancel := p.soon()
			defer cancel()
			_, err := h.Send(ctx, []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
			return err
		}},
		stressCall{name: "recv", op: state.Recv, make: func(p *player, h *stressHandle) error {
			ctx, cancel := p.soon()
			defer cancel()
			_, err := h.Recv(ctx, make([]byte, 100))
			if err == io.EOF {
				err = nil
			}
			return err
		}},
		stressCall{name: "send frame", op: state.WSSend, make: func(p *player, h *stressHandle) error {
			ctx, cancel := p.soon()
			defer cancel()
			_, err := h.WSSend(ctx, []byte("hello"), opt.FrameText, 0)
			return err
		}},
		stressCall{name: "recv frame", op: state.WSRecv, make: func(p *player, h *stressHandle) error {
			ctx, cancel := p.soon()
			defer cancel()
			_, _, err := h.WSRecv(ctx, make([]byte, 100))
			return err
		}},
		stressCall{name: "ask about frame", op: state.WSMeta, make: func(p *player, h *stressHandle) error {
			_, err := h.WSMeta()
			return err
		}},
		stressCall{name: "start frame", op: state.WSStartFrame, make: func(p *player, h *stressHandle) error {
			return h.WSStartFrame(opt.FrameBinary, 5)
		}},
		stressCall{name: "pause", op: state.Pause, make: func(p *player, h *stressHandle) error { return h.Pause(p.direction()) }},
		resumeCall, resumeCall,
		stressCall{name: "cancel", op: state.Cancel, make: func(p *player, h *stressHandle) error { return h.Cancel() }},
		stressCall{name: "close", op: state.Close, seldom: 8, make: func(p *player, h *stressHandle) error {
			err := h.Close()
			if !p.owns(h) { // or it is replaced when its owner has seen enough of it
				p.w.replace(h, p.w.newHandle(p))
			}
			return err
		}},
		stressCall{name: "collect garbage", op: state.Info, seldom: 20, apart: true, make: func(p *player, h *stressHandle) error {
			runtime.GC()
			return nil
		}},
	)
}

var performCall = stressCall{name: "perform", op: state.Perform, make: func(p *player, h *stressHandle) error {
	ctx, cancel := p.soon()
	defer cancel()
	return h.Perform(ctx)
}}

var resetCall = stressCall{name: "reset", op: state.Reset, make: func(p *player, h *stressHandle) error { return h.Reset() }}

var setCall = stressCall{name: "set", op: state.Set, make: func(p *player, h *stressHandle) error {
	options, success := someOptions(p, h)
	return h.changes(p, success, func() error { return h.Set(options...) })
}}

// changes makes a call that changes what a transfer can leave the handle in.
func (h *stressHandle) changes(p *player, success stateSet, call func() error) error {
	c := h.ledger.changing(success)
	err := call()
	if refused := reasonOf(err) != nil; p.owns(h) && (err == nil || refused) {
		h.ledger.changed(c, !refused)
	}
	return err
}

// cloneHandle sometimes has the clone take the place of the handle.
func cloneHandle(p *player, h *stressHandle) error {
	e, err := h.Clone()
	if err != nil {
		return err
	}
	if p.owns(h) || p.rnd.IntN(8) > 0 {
		return e.Close()
	}
	clone := &stressHandle{Easy: e, number: int(p.w.numbers.Add(1)), ledger: newLedger()}
	clone.left.Store(stressUpload)
	if err := e.Unset(callbackOptions...); err != nil { // its callbacks are to know whose they are
		e.Close()
		return err
	}
	options, success := someOptions(p, clone)
	if err := e.Set(options...); err != nil {
		e.Close()
		return err
	}
	clone.ledger.success = success
	p.w.replace(h, clone)
	return nil
}

func (p *player) direction() curl.Direction {
	return []curl.Direction{curl.Receiving, curl.Sending, curl.Receiving | curl.Sending}[p.rnd.IntN(3)]
}
