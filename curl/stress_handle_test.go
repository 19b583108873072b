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

	// Guarded by stress.mu.
	lease *player // who alone may call, nil: everybody
	users int     // who have picked it and not put it back

	mu      sync.Mutex
	callers []*player // who make calls on it, any of which may enter a callback; guarded by mu
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
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.callers) == 0 {
		return nil // a call that nobody has announced
	}
	return h.callers[0].enters(h, k, h.callers[1:])
}

func (h *stressHandle) announce(p *player) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.callers = append(h.callers, p)
}

func (h *stressHandle) leave(p *player) {
	h.mu.Lock()
	defer h.mu.Unlock()
	i := slices.Index(h.callers, p)
	h.callers = slices.Delete(h.callers, i, i+1)
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
