package curl_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestRandomConfinedShares has handles with close-socket functions come to shares, run transfers there and elsewhere, and go,
// while their connections stay. Every socket is closed once, and no function is called for a handle that has been closed.
func TestRandomConfinedShares(t *testing.T) {
	testserver.CheckGoroutines(t)
	warmUp(t)
	files := testserver.OpenFiles()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	w := &confinedWorld{t: t, urls: []string{s.URL("/hang"), s.URL("/close-mid-body"), s.URL("/"), s.URL("/"), s.URL("/")},
		kinds: [][]curl.Kind{{curl.ShareConnections}, {curl.ShareCookies}, confinedKinds(t)}}
	deadline := time.Now().Add(stressTime(t) / 2)
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() { (&confinedPlayer{confinedWorld: w}).play(deadline) })
	}
	all.Wait()
	for _, share := range w.shares {
		if err := share.Close(); err != nil {
			t.Error(err)
		}
	}
	s.Close()
	expectFiles(t, files)
}

type confinedWorld struct {
	t     *testing.T
	urls  []string
	kinds [][]curl.Kind

	mu     sync.Mutex
	shares []*curl.ConfinedShare // which are not closed
}

// share is one of three, most of the time: any of them may be closed, if no member is in use, and makes room for another.
func (w *confinedWorld) share() *curl.ConfinedShare {
	w.mu.Lock()
	defer w.mu.Unlock()
	if i := rand.IntN(3); i < len(w.shares) {
		share := w.shares[i]
		if rand.IntN(60) > 0 || share.Close() != nil {
			return share
		}
		w.shares = append(w.shares[:i], w.shares[i+1:]...)
	}
	share, err := curl.NewConfinedShare(w.kinds[rand.IntN(len(w.kinds))]...)
	if err != nil {
		w.t.Fatal(err)
	}
	w.shares = append(w.shares, share)
	return share
}

// confinedPlayer has one handle at a time.
type confinedPlayer struct {
	*confinedWorld
	h      *curl.Easy
	closed *atomic.Bool // no function of the handle is to be called any more
	in     *curl.ConfinedShare
	hangs  bool // its server does not answer
}

func (p *confinedPlayer) options() []opt.Option {
	i := rand.IntN(len(p.urls))
	p.hangs = i == 0
	options := []opt.Option{opt.URL(p.urls[i]), opt.NoProxy("*")}
	if closed := p.closed; rand.IntN(4) > 0 {
		options = append(options, opt.CloseSocketFunction(func(fd uintptr) error {
			if closed.Load() {
				p.t.Error("a function of a handle that has been closed is called")
			}
			return closeFD(fd)
		}))
	}
	return options
}

func (p *confinedPlayer) play(deadline time.Time) {
	for time.Now().Before(deadline) {
		if p.h == nil {
			p.closed, p.in = new(atomic.Bool), nil
			p.h = stateEasyUnowned(p.t, p.options()...)
		}
		switch rand.IntN(12) {
		case 0:
			if share := p.share(); share.Attach(p.h) == nil {
				p.in = share
			}
		case 1:
			if p.in != nil {
				p.in.Detach(p.h) // which its Close may have done
				p.in = nil
			}
		case 2: // the clone calls the same functions
			clone, err := p.h.Clone()
			if err != nil {
				p.t.Error(err)
				continue
			}
			p.h.Close()
			p.h, p.in = clone, nil
		case 3:
			p.h.Close()
			p.closed.Store(true)
			p.h = nil
		case 4, 5:
			p.h.Reset()
			setAll(p.t, p.h, p.options()...)
		default:
			ctx, cancel := bounded(p.t), func() {}
			if p.hangs || rand.IntN(8) == 0 {
				ctx, cancel = context.WithTimeout(ctx, time.Duration(rand.IntN(5000))*time.Microsecond)
			}
			if _, err := p.h.Fetch(ctx); errors.Is(err, curl.ErrBusy) || errors.Is(err, curl.ErrClosed) {
				p.t.Error(err)
			}
			cancel()
		}
	}
	if p.h != nil {
		p.h.Close()
		p.closed.Store(true)
	}
}
