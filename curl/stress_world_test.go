package curl_test

import (
	"context"
	"fmt"
	"maps"
	"math/bits"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
)

// stress is what random calls share.
type stress struct {
	t     *testing.T
	seed  uint64
	peers *stressPeers

	failures atomic.Int64
	numbers  atomic.Int64 // of handles
	calls    atomic.Int64 // that have returned
	verdicts atomic.Int64 // that were held against the table
	exact    atomic.Int64 // of which only one was possible
	over     atomic.Int64 // transfers that ended well
	known    atomic.Int64 // transfers whose outcome was foretold

	mu      sync.Mutex // guards the rest
	handles []*stressHandle
	all     []*curl.Easy // those that were replaced and are not gone
	engines []*curl.Engine
	shares  []attachable
	multis  []*stressedMulti
	counts  map[string]int
}

func newStress(t *testing.T, seed uint64, handles int) *stress {
	w := &stress{t: t, seed: seed, peers: newStressPeers(t), counts: map[string]int{}}
	first := newPlayer(w, -1)
	for range handles {
		w.handles = append(w.handles, w.newHandle(first))
	}
	for i := range 2 {
		w.engines = append(w.engines, w.newEngine(first.rnd))
		w.shares = append(w.shares, w.newShare(i == 1))
		w.multis = append(w.multis, w.newMulti(i == 1 && !pollingRelease()))
	}
	return w
}

// fail reports what is wrong, as often as one can read.
func (w *stress) fail(format string, args ...any) {
	w.t.Helper()
	if w.failures.Add(1) <= 20 {
		w.t.Errorf(format, args...)
	}
}

func (w *stress) newHandle(p *player) *stressHandle {
	h := &stressHandle{number: int(w.numbers.Add(1)), ledger: newLedger()}
	h.left.Store(stressUpload)
	options, success := someOptions(p, h)
	e, err := curl.New(options...)
	if err != nil {
		w.fail("New: %v", err)
		return nil
	}
	h.Easy = e
	h.ledger.success = success
	return h
}

// pick is a handle that the player may call: its own, or one that is nobody's. putBack comes after the call.
func (w *stress) pick(p *player) *stressHandle {
	own, n := p.rnd.IntN(2) == 0, p.rnd.IntN(1<<20)
	w.mu.Lock()
	defer w.mu.Unlock()
	if own && p.root != nil && p.root.lease != nil {
		p.root.lease.users++
		return p.root.lease
	}
	for i := range w.handles {
		if h := w.handles[(n+i)%len(w.handles)]; h.lease == nil {
			h.users++
			return h
		}
	}
	return nil
}

func (w *stress) putBack(h *stressHandle) {
	w.mu.Lock()
	defer w.mu.Unlock()
	h.users--
}

// takeLease gives the player a handle for itself, unless there is none that nobody uses.
func (w *stress) takeLease(p *player) {
	n := p.rnd.IntN(1 << 20)
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.handles {
		if h := w.handles[(n+i)%len(w.handles)]; h.lease == nil && h.users == 0 {
			h.lease, p.lease = p, h
			return
		}
	}
}

// giveBack has everybody call the player's handle again, or another one in its place when it is closed.
func (w *stress) giveBack(p *player) {
	h := p.lease
	if h == nil {
		return
	}
	if h.ledger.closed() {
		w.replace(h, w.newHandle(p))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	h.lease, p.lease = nil, nil
}

// replace puts a handle in the place of an old one, or closes it when somebody else has done that already. The old one
// is closed, maybe while it is in use.
func (w *stress) replace(old, h *stressHandle) {
	if h == nil {
		return
	}
	w.mu.Lock()
	if i := slices.Index(w.handles, old); i >= 0 {
		w.handles[i], h = h, old
	}
	w.mu.Unlock()
	in := h.ledger.begin(state.Close, anywhere, nil, 0)
	h.ledger.end(in, h.Close())
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, h.Easy)
	if len(w.all) > 1000 { // those that are gone
		w.all = slices.DeleteFunc(w.all, func(h *curl.Easy) bool {
			select {
			case <-h.Done():
				return true
			default:
				return false
			}
		})
	}
}

func (w *stress) newEngine(rnd *rand.Rand) *curl.Engine {
	g, err := curl.NewEngine(curl.EngineConfig{Shards: 1 + rnd.IntN(2), MaxConnecting: rnd.IntN(3)})
	if err != nil {
		w.fail("NewEngine: %v", err)
	}
	return g
}

func (w *stress) newShare(confined bool) (s attachable) {
	var err error
	if confined {
		s, err = curl.NewConfinedShare(confinedKinds(w.t)...)
	} else {
		s, err = curl.NewShare(curl.ShareDNS, curl.ShareTLSSessions)
	}
	if err != nil {
		w.fail("NewShare: %v", err)
	}
	return s
}

// engine is one of the engines.
func (w *stress) engine(p *player) *curl.Engine {
	i := p.rnd.IntN(2)
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.engines[i]
}

// oldEngine is one of the engines, and has another one in its place afterwards. It stays on the list: its Close can be
// refused inside a callback.
func (w *stress) oldEngine(p *player) *curl.Engine {
	i, g := p.rnd.IntN(2), w.newEngine(p.rnd)
	w.mu.Lock()
	defer w.mu.Unlock()
	old := w.engines[i]
	w.engines[i] = g
	w.engines = append(w.engines, old)
	return old
}

// share is one of the shares, of either type.
func (w *stress) share(p *player) attachable {
	i := p.rnd.IntN(2)
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.shares[i]
}

// oldShare is one of the shares, as oldEngine.
func (w *stress) oldShare(p *player) attachable {
	i := p.rnd.IntN(2)
	s := w.newShare(i == 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	old := w.shares[i]
	w.shares[i] = s
	w.shares = append(w.shares, old)
	return old
}

// finished counts a call that has returned.
func (w *stress) finished(c *stressCall, err error) {
	w.calls.Add(1)
	if (c.op == state.Perform || c.name == "read it all") && err == nil {
		w.over.Add(1)
	}
	name := c.name
	if err != nil {
		name += " failed"
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.counts[name]++
}

// checked counts a verdict.
func (w *stress) checked(possible verdictSet) {
	w.verdicts.Add(1)
	if bits.OnesCount16(uint16(possible)) == 1 {
		w.exact.Add(1)
	}
}

func (w *stress) closeAll() {
	w.multis[0].Close()
	for _, h := range w.handles {
		h.Close()
		w.all = append(w.all, h.Easy)
	}
	w.multis[1].Close()
	for _, h := range w.all {
		awaited(w.t, "Done", h.Done())
	}
	for _, g := range w.engines {
		if err := g.Close(context.Background()); err != nil {
			w.t.Error(err)
		}
	}
	for _, s := range w.shares {
		if err := s.Close(); err != nil {
			w.t.Error(err)
		}
		awaited(w.t, "Done of a share", s.Done())
	}
}

// enough says whether every kind of check was made at least once.
func (w *stress) enough() bool {
	return w.exact.Load() > 0 && w.known.Load() > 0 && w.over.Load() > 0
}

// report says what has been survived.
func (w *stress) report() string {
	var kinds []string
	for _, name := range slices.Sorted(maps.Keys(w.counts)) {
		kinds = append(kinds, fmt.Sprintf("%s %d", name, w.counts[name]))
	}
	return fmt.Sprintf(`seed %d: survived %d calls
    %d transfers completed; of %d it was foretold how they end
    %d verdicts checked; for %d of them the table left one possibility
    by kind, and what came of it: %s`,
		w.seed, w.calls.Load(), w.over.Load(), w.known.Load(), w.verdicts.Load(), w.exact.Load(), strings.Join(kinds, ", "))
}

// replay is how to make the same calls again. Which of them meet is up to the scheduler.
func (w *stress) replay() string {
	duration := os.Getenv("GOCURL_STRESS")
	if duration == "" {
		duration = "2s"
	}
	return fmt.Sprintf("the same calls again, though not what they meet: make stress DURATION=%s SEED=%d", duration, w.seed)
}
