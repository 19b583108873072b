package curl_test

import (
	"context"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func init() {
	stressCalls = append(stressCalls,
		stressCall{name: "undisturbed", round: undisturbed}, stressCall{name: "undisturbed", round: undisturbed},
		stressCall{name: "converse", round: converse})
}

// undisturbed has a handle that nobody else calls make a transfer whose outcome can be foretold, whatever happens beside
// it.
func undisturbed(p *player, h *stressHandle) {
	path := p.w.peers.paths[p.rnd.IntN(len(p.w.peers.paths))]
	if !p.owns(h) || len(p.frames) > 0 || path.open {
		return
	}
	ran, err := p.transfer(h, &undisturbedPerform, isIdle, path.options()...)
	if !ran {
		return
	}
	p.w.known.Add(1)
	if !path.foretold(err) {
		p.w.fail("%s at %s: %v, want %v", path.name, strings.SplitN(path.url, "/", 2)[0], err, path.ends)
	}
}

// converse has such a handle send and receive on the connection of a connect-only transfer.
func converse(p *player, h *stressHandle) {
	if !p.owns(h) || len(p.frames) > 0 {
		return
	}
	path := &stressPath{url: p.w.peers.plain.URL("/")}
	ran, err := p.transfer(h, &undisturbedPerform, isConnected, append(path.options(), opt.ConnectOnly(opt.ConnectOnlyTransport))...)
	if !ran {
		return
	}
	p.w.known.Add(1)
	if err != nil {
		p.w.fail("connect only: %v", err)
		return
	}
	for _, c := range stressCalls {
		if c.op == state.Send || c.op == state.Recv || c.op == state.WSSend || c.op == state.WSRecv || p.rnd.IntN(10) == 0 && c.op != state.Clone {
			p.make(&c, h)
		}
	}
}

// transfer makes a transfer of a handle that is the player's own, with the given options and no others. It reports false
// when there was none for a reason that the transfer itself has nothing to do with: the handle is closed, or in use in a
// multi, or the engine is closed.
func (p *player) transfer(h *stressHandle, perform *stressCall, success stateSet, options ...opt.Option) (ran bool, err error) {
	if !p.prepare(h, success, options...) {
		return false, nil
	}
	err = p.make(perform, h)
	return reasonOf(err) == nil && !isOneOf(err, curl.ErrEngineClosed, curl.ErrConfined), err
}

// prepare gives the handle these options and no others.
func (p *player) prepare(h *stressHandle, success stateSet, options ...opt.Option) bool {
	if p.make(&resetCall, h) != nil {
		return false
	}
	set := stressCall{name: "set", op: state.Set, make: func(p *player, h *stressHandle) error {
		return h.changes(p, success, func() error { return h.Set(options...) })
	}}
	err := p.make(&set, h)
	if err != nil && reasonOf(err) == nil {
		p.w.fail("set after reset: %v", err)
	}
	return err == nil
}

var undisturbedPerform = stressCall{name: "undisturbed", op: state.Perform, make: func(p *player, h *stressHandle) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	return h.Perform(ctx)
}}
