package curl_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// stress is what random calls share.
type stress struct {
	t *testing.T
	s *testserver.HTTP

	mu      sync.Mutex
	rnd     *rand.Rand
	handles []*curl.Easy
	engines []*curl.Engine
	shares  []attachable
	bodies  [8]*curl.Body
	all     []*curl.Easy // every one that was made
	counts  map[string]int
}

func newStress(t *testing.T, s *testserver.HTTP, seed uint64, handles int) *stress {
	w := &stress{t: t, s: s, rnd: rand.New(rand.NewPCG(seed, 0)), counts: map[string]int{}}
	for range handles {
		w.handles = append(w.handles, w.newEasy(0))
	}
	return w
}

// engine is one of the engines; with replaced other than 0 there is another in its place afterwards.
func (w *stress) engine(replaced int) *curl.Engine {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.rnd.IntN(2)
	for len(w.engines) <= i || replaced > 0 {
		g, err := curl.NewEngine(curl.EngineConfig{Shards: 1 + w.rnd.IntN(2), MaxConnecting: w.rnd.IntN(3)})
		if err != nil {
			w.t.Error(err)
		}
		if len(w.engines) > i {
			old := w.engines[i]
			w.engines[i] = g
			w.engines = append(w.engines, old) // its Close may be refused inside a callback
			return old
		}
		w.engines = append(w.engines, g)
	}
	return w.engines[i]
}

// share is one of the shares, of either type; replaced says that there is another in its place afterwards.
func (w *stress) share(replaced bool) attachable {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.rnd.IntN(3)
	for len(w.shares) <= i || replaced {
		var s attachable
		var err error
		if len(w.shares)%3 == 2 {
			s, err = curl.NewConfinedShare(confinedKinds(w.t)...)
		} else {
			s, err = curl.NewShare(curl.ShareDNS, curl.ShareTLSSessions)
		}
		if err != nil {
			w.t.Error(err)
		}
		if replaced && len(w.shares) > i {
			old := w.shares[i]
			w.shares[i] = s
			w.shares = append(w.shares, old) // its Close may be refused
			return old
		}
		w.shares = append(w.shares, s)
	}
	return w.shares[i]
}

func (w *stress) intn(n int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.rnd.IntN(n)
}

func (w *stress) newEasy(depth int) *curl.Easy {
	h, err := curl.New(w.someOptions(depth)...)
	if err != nil {
		w.t.Errorf("New: %v", err)
		return nil
	}
	return h
}

// replace puts a handle in the place of an old one, or closes it when somebody else has done that already. The old one
// is closed, maybe while it is in use.
func (w *stress) replace(old, h *curl.Easy) {
	if h == nil {
		return
	}
	w.mu.Lock()
	if i := slices.Index(w.handles, old); i >= 0 {
		w.handles[i], h = h, old
	}
	w.mu.Unlock()
	h.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, h)
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

// call makes one random call on a random handle; depth says in how many callbacks that happens.
func (w *stress) call(depth int) {
	c := stressCalls[w.intn(len(stressCalls))]
	w.mu.Lock()
	h := w.handles[w.rnd.IntN(len(w.handles))]
	w.mu.Unlock()
	if c.op != state.Close {
		_ = h.Resume(curl.Receiving | curl.Sending) // transfers are to get on as well
	}
	err := c.make(w, h, depth)
	if err != nil && !allowed(c.op, err) {
		w.t.Errorf("%s: %v (%T)", c.name, err, err)
	}
	outcome := c.name
	if err != nil {
		outcome += " failed"
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.counts[outcome]++
}

// inCallback sometimes makes a call from inside a callback, and sometimes fails.
func (w *stress) inCallback(depth, seldom int) error {
	if depth < 3 && w.intn(seldom) == 0 {
		w.call(depth + 1)
	}
	if w.intn(4*seldom) == 0 {
		return errStress
	}
	return nil
}

func (w *stress) writeFunc(depth int) opt.WriteFunc {
	return func([]byte) error {
		if w.intn(20) == 0 {
			return opt.ErrPause
		}
		return w.inCallback(depth, 4)
	}
}

func (w *stress) readFunc(depth int) opt.ReadFunc {
	left := int64(200_000)
	return func(p []byte) (int, error) {
		if w.intn(20) == 0 {
			return 0, opt.ErrPause
		}
		if err := w.inCallback(depth, 8); err != nil {
			return 0, err
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		n := min(left, int64(len(p)))
		if left -= n; n == 0 {
			left = 200_000
			return 0, io.EOF
		}
		return int(n), nil
	}
}

// allowed says whether a call may return the error in some state and place.
func allowed(op state.Op, err error) bool {
	if refused := (*curl.StateError)(nil); errors.As(err, &refused) {
		for st := range state.States {
			for sit := range state.Situations {
				if v := state.Decide(op, st, sit); !v.Accepted() && refused.Reason == refusals[v] {
					return true
				}
			}
		}
		return (op == state.Attach || op == state.Detach) && isOneOf(err, curl.ErrAttached, curl.ErrNotAttached, curl.ErrShareClosed)
	}
	switch op {
	case state.CloseShare:
		return isOneOf(err, curl.ErrBusy)
	case state.Attach, state.Detach:
		return isOneOf(err, curl.ErrAttached, curl.ErrNotAttached, curl.ErrEngineClosed, curl.ErrInCallback, context.Canceled, context.DeadlineExceeded)
	case state.Perform, state.Open, state.Read:
		if v, _ := curl.Version(); v.Num < 0x075801 && errors.Is(err, codes.UnsupportedProtocol) && strings.Contains(err.Error(), "HTTP/0.9") {
			return true // 7.74.0 keeps what it had of the header when a callback ends a transfer there; 7.88.1 does not
		}
		return isOneOf(err, context.Canceled, context.DeadlineExceeded, curl.ErrCancelled, curl.ErrClosed, curl.ErrEngineClosed, curl.ErrConfined, errStress, curl.ErrNoSource,
			codes.URLMalformed, codes.PartialFile, codes.TooManyRedirects, codes.HTTP2, codes.SendFailRewind)
	case state.Send, state.Recv:
		return isOneOf(err, context.Canceled, context.DeadlineExceeded, codes.SendError, codes.RecvError, codes.UnsupportedProtocol)
	case state.Headers:
		return errors.Is(err, curl.ErrUnsupported)
	}
	return false
}

func isOneOf(err error, these ...error) bool {
	return slices.ContainsFunc(these, func(e error) bool { return errors.Is(err, e) })
}

func (w *stress) closeAll() {
	for _, h := range append(w.all, w.handles...) {
		h.Close()
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

func (w *stress) summary() string {
	var lines []string
	for name, n := range w.counts {
		lines = append(lines, fmt.Sprintf("%s %d", name, n))
	}
	slices.Sort(lines)
	return strings.Join(lines, ", ")
}
