package curl_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestMultiStress has goroutines make random calls on the members of two multis that one goroutine each drives. It looks
// for crashes, races and hangs; what each call answers is the state walk's business.
func TestMultiStress(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for _, events := range []bool{false, true} {
		t.Run(map[bool]string{false: "poll", true: "events"}[events], func(t *testing.T) {
			t.Parallel()
			if events && pollingRelease() {
				t.Skip("the event mode of this libcurl is broken")
			}
			stressMulti(t, s, events)
		})
	}
}

func stressMulti(t *testing.T, s *testserver.HTTP, events bool) {
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	var options []multiopt.Option
	if events {
		options = append(options, multiopt.SocketFunction(func(multiopt.Socket) error { return nil }),
			multiopt.TimerFunction(func(time.Duration) error { return nil }))
	}
	multis := []*curl.Multi{newMulti(t, options...), newMulti(t, options...)}
	var over atomic.Int64
	var all sync.WaitGroup
	for _, m := range multis {
		all.Go(func() {
			for ctx.Err() == nil {
				step := m.Perform
				if events {
					step = m.SocketAll
				}
				if _, err := step(); err != nil {
					t.Errorf("step: %v", err)
				}
				for range m.Messages() {
					over.Add(1)
				}
				if _, err := m.Poll(ctx, 10*time.Millisecond); err != nil && !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("Poll: %v", err)
				}
			}
		})
	}
	var handles []*curl.Easy
	var mu sync.Mutex // guards handles
	fresh := func() *curl.Easy {
		var h *curl.Easy
		var err error
		h, err = curl.New(opt.NoProxy("*"), opt.URL(s.URL([]string{"/", "/bytes/50000", "/trickle/20?every=1ms"}[rand.IntN(3)])),
			opt.WriteFunction(func([]byte) error {
				stressMember(h, h, multis[rand.IntN(2)])
				return nil
			}), opt.CloseSocketFunction(func(fd uintptr) error { return closeFD(fd) }))
		if err != nil {
			t.Error(err)
		}
		return h
	}
	for range 20 {
		handles = append(handles, fresh())
	}
	for range 4 {
		all.Go(func() {
			for ctx.Err() == nil {
				mu.Lock()
				i, j := rand.IntN(len(handles)), rand.IntN(len(handles))
				h, other := handles[i], handles[j]
				mu.Unlock()
				stressMember(h, other, multis[rand.IntN(2)])
				if rand.IntN(20) == 0 {
					mu.Lock()
					handles[i].Close()
					handles[i] = fresh()
					mu.Unlock()
				}
				runtime.Gosched()
			}
		})
	}
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(60 * time.Second):
		panicWithStacks("the calls hang")
	}
	multis[0].Close()
	for _, h := range handles {
		h.Close()
	}
	multis[1].Close()
	for _, h := range handles {
		awaited(t, "Done", h.Done())
	}
	if over.Load() == 0 {
		t.Error("no transfer was ever over")
	}
}

// stressMember makes one call, whose answer may be anything.
func stressMember(h, other *curl.Easy, m *curl.Multi) {
	switch rand.IntN(14) {
	case 0, 1, 2:
		m.Add(h)
	case 3, 4:
		m.Remove(h)
	case 5:
		h.Pause(curl.Receiving)
		other.Resume(curl.Receiving)
	case 6:
		h.Resume(curl.Receiving)
	case 7:
		h.Cancel()
	case 8:
		h.Set(opt.UserAgent("x"))
	case 9:
		curl.Info(h, info.ResponseCode)
	case 10:
		m.Handles()
		m.Count(multiopt.TransfersRunning)
		m.Timeout()
	case 11:
		h.Reset()
	case 12:
		if clone, err := h.Clone(); err == nil {
			clone.Close()
		}
	case 13:
		m.Wakeup()
		m.InfoRead()
	}
}
