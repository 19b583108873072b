package curl_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// stressBody is the body that was opened last on a handle.
type stressBody struct {
	mu sync.Mutex
	*curl.Body
}

func (b *stressBody) get() *curl.Body {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Body
}

// replace puts a new body in the place of the old one, which is over: or the new one could not have been opened. Half of
// them are dropped, the others closed.
func (b *stressBody) replace(body *curl.Body, closed bool) {
	b.mu.Lock()
	body, b.Body = b.Body, body
	b.mu.Unlock()
	if body != nil && closed {
		body.Close()
	}
}

func init() {
	stressCalls = append(stressCalls,
		openCall(200*time.Millisecond), openCall(200*time.Millisecond),
		readCall, readCall,
		stressCall{name: "copy", op: state.Read, make: func(p *player, h *stressHandle) error {
			return h.read1(p, func(b *curl.Body) error {
				_, err := io.Copy(writerFunc(func(data []byte) (int, error) {
					if p.rnd.IntN(8) == 0 {
						p.call()
					}
					return len(data), nil
				}), b)
				return err
			})
		}},
		closeBodyCall,
		stressCall{name: "read it all", round: readItAll},
	)
}

func openCall(within time.Duration) stressCall {
	return stressCall{name: "open", op: state.Open, make: func(p *player, h *stressHandle) error {
		ctx, cancel := context.WithTimeout(context.Background(), within)
		b, err := h.Open(ctx)
		context.AfterFunc(ctx, cancel)
		if err != nil {
			cancel()
			return err
		}
		h.body.replace(b, p.rnd.IntN(2) == 0)
		return nil
	}}
}

var readCall = stressCall{name: "read", op: state.Read, make: func(p *player, h *stressHandle) error {
	return h.read1(p, func(b *curl.Body) error {
		_, err := b.Read(make([]byte, 1+p.rnd.IntN(20_000)))
		return err
	})
}}

// closeBodyCall is no call on the handle that the table could refuse, but ends its transfer.
var closeBodyCall = stressCall{name: "close body", op: state.Cancel, make: func(p *player, h *stressHandle) error {
	if b := h.body.get(); b != nil {
		b.Close()
	}
	return errUnjudged
}}

// read1 makes one call on the handle's body. An end of the body is no error.
func (h *stressHandle) read1(p *player, f func(b *curl.Body) error) error {
	b := h.body.get()
	if b == nil {
		return errUnjudged
	}
	inside := slices.ContainsFunc(p.frames, func(f frame) bool { return f.h == h })
	switch err := f(b); {
	case inside && reasonOf(err) != curl.ErrClosed:
		return errUnjudged // the body may be over, and the callback of a later transfer
	case err == io.EOF:
		return nil
	case errors.Is(err, curl.ErrBodyClosed), errors.Is(err, curl.ErrReading):
		return errUnjudged // which comes before the table's word
	default:
		return err
	}
}

// readItAll reads a body whose end can be foretold, and makes other calls on its handle meanwhile.
func readItAll(p *player, h *stressHandle) {
	path := p.w.peers.paths[p.rnd.IntN(len(p.w.peers.paths))]
	if !p.owns(h) || len(p.frames) > 0 || path.open {
		return
	}
	open := openCall(20 * time.Second)
	ran, err := p.transfer(h, &open, isIdle, path.options()...)
	if !ran {
		return
	}
	p.w.known.Add(1)
	if err == nil {
		h.ledger.hold(!h.shared.Load()) // else the end of an engine can be its end
		others := []stressCall{readCall, setCall, performCall, resetCall}
		for range p.rnd.IntN(5) {
			p.make(&others[p.rnd.IntN(len(others))], h)
		}
		all := stressCall{name: "read it all", op: state.Read, make: func(p *player, h *stressHandle) error {
			return h.read1(p, func(b *curl.Body) error {
				_, err = b.Read(make([]byte, 20_000))
				return err
			})
		}}
		for err == nil {
			p.make(&all, h)
		}
		h.ledger.hold(false)
	}
	if err == io.EOF {
		err = nil
	}
	if !isOneOf(err, curl.ErrEngineClosed) && !path.foretold(err) {
		p.w.fail("body of %s: %v, want %v", path.name, err, path.ends)
	}
}
