package curl_test

import (
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// stressHandle is a handle that random calls are made on.
type stressHandle struct {
	*curl.Easy
	number int
	ledger *ledger
	shared atomic.Bool  // it has been attached to something: other handles may use the same driver
	left   atomic.Int64 // what the read function still has
	body   stressBody   // what was opened last

	// Guarded by stress.mu.
	lease *player // who alone may call, nil: everybody
	users int     // who have picked it and not put it back

	callers callers

	mu     sync.Mutex
	multis []*stressedMulti // of which it may be a member; guarded by mu
}

// callers are who make calls that can enter callbacks of a handle, or of the members of a multi.
type callers struct {
	mu   sync.Mutex
	list []*player
}

func (c *callers) add(p *player) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, p)
}

func (c *callers) remove(p *player) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.Index(c.list, p)
	c.list = slices.Delete(c.list, i, i+1)
}

func (c *callers) all() []*player {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.list)
}

// announce says who is about to call the handle: on a member of a multi that can do the multi's work. The function it
// returns takes that back.
func (h *stressHandle) announce(p *player) (leave func()) {
	in := []*callers{&h.callers}
	for _, m := range h.mayBeIn(nil) {
		in = append(in, &m.callers)
	}
	for _, c := range in {
		c.add(p)
	}
	return func() {
		for _, c := range in {
			c.remove(p)
		}
	}
}

// mayBeIn adds a multi, unless it is nil, to those that the handle may be a member of, and returns them.
func (h *stressHandle) mayBeIn(m *stressedMulti) []*stressedMulti {
	h.mu.Lock()
	defer h.mu.Unlock()
	if m != nil && !slices.Contains(h.multis, m) {
		h.multis = append(h.multis, m)
	}
	return slices.Clone(h.multis)
}

// callbackKind is what is known of a callback.
type callbackKind struct {
	sits sitSet   // where it puts a call on its own handle
	only stateSet // what such a call can find the handle in, 0: anything
}

var (
	// whileRunning is for callbacks that a running transfer calls.
	whileRunning = callbackKind{at(state.OwnCallback), isInFlight | isGone}
	// wheneverCalled is for those that come with other calls on the handle as well.
	wheneverCalled = callbackKind{sits: at(state.OwnCallback, state.NestedCallback)}
	// anyTime is for those of connections, which can outlive the handle's part in them.
	anyTime = callbackKind{sits: anywhere}
)

// caller is who has entered a callback of the handle, as far as that is known, standing in the callback.
func (h *stressHandle) caller(k callbackKind) *player {
	candidates := h.callers.all()
	for _, m := range h.mayBeIn(nil) {
		for _, p := range m.callers.all() {
			if !slices.Contains(candidates, p) {
				candidates = append(candidates, p)
			}
		}
	}
	if k == whileRunning && slices.ContainsFunc(candidates, (*player).usesConnection) {
		k = wheneverCalled // it gets what an HTTP/2 connection of connect-only brings
	}
	return standingIn(candidates, h, k)
}

// usesConnection says that the player sends or receives on the connection of a connect-only handle.
func (p *player) usesConnection() bool {
	if p.in == nil {
		return false
	}
	switch p.in.op {
	case state.Send, state.Recv, state.WSSend, state.WSRecv:
		return true
	}
	return false
}

// enter has a callback of the handle sometimes make a call, and sometimes fail.
func (h *stressHandle) enter(k callbackKind, seldom int) error {
	p := h.caller(k)
	if p == nil {
		return nil
	}
	if len(p.frames) <= maxDepth && p.rnd.IntN(seldom) == 0 {
		p.call()
	}
	if p.rnd.IntN(20*seldom) == 0 {
		return errStress
	}
	return nil
}

// maxDepth is in how many callbacks a call is made at most.
const maxDepth = 3

func (h *stressHandle) pauses() bool {
	p := h.caller(whileRunning)
	return p != nil && p.rnd.IntN(20) == 0
}

func (h *stressHandle) write([]byte) error {
	if h.pauses() {
		return opt.ErrPause
	}
	return h.enter(whileRunning, 4)
}

// stressUpload is the size of an upload.
const stressUpload = 200_000

func (h *stressHandle) read(p []byte) (int, error) {
	if h.pauses() {
		return 0, opt.ErrPause
	}
	if err := h.enter(whileRunning, 8); err != nil {
		return 0, err
	}
	n := min(int64(len(p)), h.left.Load())
	if n <= 0 {
		h.left.Store(stressUpload)
		return 0, io.EOF
	}
	h.left.Add(-n)
	return int(n), nil
}
