package curl

import (
	"hash/maphash"
	"strings"
	"time"
	"weak"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// fleet is the lanes of an engine, apart from it so that they can be freed when the engine is collected. Guarded by the
// engine's mu until that is closed or collected; then whoever frees them is alone.
type fleet struct {
	lanes []*lane // nil where there is none yet
}

// lane is part of group. A lane that is returned counts as used until over.
func (g *Engine) lane(h *handle) (*lane, error) {
	own := !h.shareable() || h.cell.OnSpot() && !h.onSpot
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closing {
		return nil, ErrEngineClosed
	}
	if own {
		return nil, nil
	}
	l, err := g.fleet.get(g.shard(h), g)
	if err != nil {
		return nil, err
	}
	if g.flying++; g.flying == 1 && g.timer != nil {
		g.timer.Stop()
	}
	return l, nil
}

// over is part of group.
func (g *Engine) over() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.flying--
	switch {
	case g.flying > 0:
	case g.closing:
		close(g.drained)
	case g.cfg.IdleTimeout < 0:
	case g.timer == nil:
		g.timer = expireLater(g.cfg.IdleTimeout, weak.Make(g))
	default:
		g.timer.Reset(g.cfg.IdleTimeout)
	}
}

// expireLater does not keep an engine that is dropped meanwhile.
func expireLater(d time.Duration, engine weak.Pointer[Engine]) *time.Timer {
	return time.AfterFunc(d, func() {
		if g := engine.Value(); g != nil {
			g.expire()
		}
	})
}

// expire closes the connections of an engine that nobody uses.
func (g *Engine) expire() {
	g.mu.Lock()
	var idle []*lane
	if g.flying == 0 && !g.closing {
		idle = g.fleet.takeAll()
	}
	g.mu.Unlock() // a driver's lock comes before it
	closeLanes(idle)
}

var seed = maphash.MakeSeed()

// shard is where the connections for the handle's URL are. The caller holds the handle's mu.
func (g *Engine) shard(h *handle) int {
	if g.cfg.Shards == 1 {
		return 0
	}
	host := strings.ToLower(urlHost(h.proxy.url))
	return int(maphash.String(seed, host) % uint64(g.cfg.Shards))
}

// get returns lane i, which it makes when there is none or it is lost.
func (f *fleet) get(i int, g *Engine) (*lane, error) {
	for len(f.lanes) <= i {
		f.lanes = append(f.lanes, nil)
	}
	if l := f.lanes[i]; l != nil && !l.broken() {
		return l, nil
	}
	l, err := newLane(driverConfig(), capi.Share{})
	if err != nil {
		return nil, err
	}
	l.maxConnecting = g.cfg.MaxConnecting
	l.fits = l.fits && g.cfg.MaxIdle == 0
	for _, o := range g.limits {
		l.drv.C().Limit(int32(o.id), o.value)
	}
	f.lanes[i] = l
	return l, nil
}

// close frees the lanes. No transfer is in flight.
func (f *fleet) close() { closeLanes(f.takeAll()) }

func (f *fleet) takeAll() []*lane {
	lanes := f.lanes
	f.lanes = nil
	return lanes
}

func closeLanes(lanes []*lane) {
	for _, l := range lanes {
		if l != nil {
			l.close()
		}
	}
}
