package driver

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/load"
)

func newDriver(t *testing.T, cfg Config) *Driver {
	t.Helper()
	if err := load.New(capi.Library{}).Ensure(); errors.Is(err, load.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	} else if err != nil {
		t.Fatal(err)
	}
	d, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

// lead leads the driver on a goroutine until the returned function is called, which waits for its end.
func lead(t *testing.T, d *Driver) (stop func()) {
	var over atomic.Bool
	done := make(chan int, 1)
	go func() {
		d.Mu.Lock()
		defer d.Mu.Unlock()
		done <- d.Lead(over.Load)
	}()
	return func() {
		t.Helper()
		over.Store(true)
		d.Wake()
		select {
		case code := <-done:
			if code != 0 {
				t.Errorf("Lead ended with CURLMcode %d", code)
			}
		case <-time.After(2 * time.Second):
			t.Fatal("Wake did not end the wait")
		}
	}
}

func TestWakeEndsEveryWait(t *testing.T) {
	for name, cfg := range map[string]Config{"events": {Polling: !Events}, "polling": {Polling: true}} {
		t.Run(name, func(t *testing.T) {
			d := newDriver(t, cfg)
			for range 100 {
				lead(t, d)()
			}
		})
	}
}

// TestWakeReachesALeaderThatQueuesToPoll: all turns to poll are taken, and none will be given back.
func TestWakeReachesALeaderThatQueuesToPoll(t *testing.T) {
	for range pollers {
		pollSlots <- struct{}{}
	}
	defer func() {
		for range pollers {
			<-pollSlots
		}
	}()
	lead(t, newDriver(t, Config{Polling: true}))()
}

// TestPostIsCarriedOutByTheLeader with the lock held, and ignored when the driver is gone.
func TestPostIsCarriedOutByTheLeader(t *testing.T) {
	d := newDriver(t, Config{Polling: !Events})
	stop := lead(t, d)
	held := make(chan bool, 1)
	d.Post(func() { held <- !d.Mu.TryLock() })
	select {
	case h := <-held:
		if !h {
			t.Error("carried out without the lock")
		}
	case <-time.After(2 * time.Second):
		t.Error("not carried out")
	}
	stop()

	gone, err := New(Config{Polling: !Events})
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	gone.Post(func() { t.Error("carried out after Close") })
	gone.Wake()
}
