package curl_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestManyGoroutinesTransfer: each has a handle of its own.
func TestManyGoroutinesTransfer(t *testing.T) {
	h1 := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h2 := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	ca := opt.CAInfo(h2.CAFile(t))
	transfers := testserver.Fewer(t, 6, 2, "transfers of each")
	for _, c := range []struct {
		name    string
		options []opt.Option
	}{
		{"HTTP/1.1", []opt.Option{opt.URL(h1.URL("/bytes/5000"))}},
		{"HTTP/2 over TLS", []opt.Option{opt.URL(h2.URL("/bytes/5000")), ca}},
	} {
		for procs, goroutines := range map[int]int{1: 40, 2: 200, 8: 40} {
			t.Run(fmt.Sprintf("%s/GOMAXPROCS=%d", c.name, procs), func(t *testing.T) {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
				var all sync.WaitGroup
				for range goroutines {
					h := stateEasy(t, c.options...)
					all.Go(func() {
						defer h.Close()
						for range transfers {
							body, err := h.Fetch(t.Context())
							if err != nil || !testserver.MatchesPattern(body, 0) || len(body) != 5000 {
								t.Errorf("%d bytes, %v", len(body), err)
								return
							}
						}
					})
				}
				all.Wait()
			})
		}
	}
}

// TestWaitingTransfersShareThreads: goroutines that wait for an answer cost no thread each, and all end promptly when
// they are cancelled.
func TestWaitingTransfersShareThreads(t *testing.T) {
	const n = 1000
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	warmUp(t)
	threads := testserver.Threads()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, n)
	for i := range n {
		h := stateEasy(t, opt.URL(s.URL("/hang")))
		go func() { ended <- h.Perform(ctx); h.Close() }()
		if i%20 == 19 { // a few at a time: this is about waiting, not about all working at once
			awaited(t, "the requests", s.Gate("").Arrived(i+1))
		}
	}
	// The runtime keeps the threads that bursts of work once needed (every transfer is looked at once a second), so this
	// bounds more than the waiting itself; a thread for each transfer would be 1000.
	const most = n / 4
	if now := testserver.Threads(); now-threads >= most {
		t.Errorf("%d transfers wait on %d threads more than before", n, now-threads)
	}
	start := time.Now()
	cancel()
	for range n {
		if err := awaited(t, "the end", ended); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if took := time.Since(start); took > 2*atOnce {
		t.Errorf("cancelling %d transfers took %v", n, took)
	}
}

// TestBlockingCallbackDelaysNobody: while callbacks of many handles block, others transfer.
func TestBlockingCallbackDelaysNobody(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	release := make(chan struct{})
	var blocked, all sync.WaitGroup
	for range 20 {
		blocked.Add(1)
		var once sync.Once
		h := stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error {
			once.Do(blocked.Done)
			<-release
			return nil
		}))
		all.Go(func() {
			if err := h.Perform(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	blocked.Wait()
	promptly(t, "another transfer", func() {
		if _, err := stateEasy(t, opt.URL(s.URL("/"))).Fetch(t.Context()); err != nil {
			t.Error(err)
		}
	})
	close(release)
	all.Wait()
}

// TestInfoDuringAFastDownload: the lock is handed over, however busy libcurl is, with and without callbacks.
func TestInfoDuringAFastDownload(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, write := range map[string]opt.WriteFunc{"no callback": nil, "write function": func([]byte) error { return nil }} {
		t.Run(name, func(t *testing.T) {
			h := stateEasy(t, opt.URL(s.URL("/bytes/1000000000000")), opt.WriteFunction(write))
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- h.Perform(ctx) }()
			for n := int64(0); n == 0; {
				n, _ = curl.Info(h, info.SizeDownload) // until it is in full swing
			}
			var all sync.WaitGroup
			for range 32 {
				all.Go(func() {
					last := int64(1)
					for range 100 {
						var got int64
						var err error
						promptly(t, "Info", func() { got, err = curl.Info(h, info.SizeDownload) })
						if err != nil || got < last {
							t.Errorf("%d bytes after %d, %v", got, last, err)
						}
						last = got
					}
				})
			}
			all.Wait()
			cancel()
			if err := awaited(t, "the end", ended); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
	}
}

// pollingRelease says that this libcurl's event mode is not used, or that there is none.
func pollingRelease() bool {
	v, err := curl.Version()
	return err == nil && slices.Contains([]uint32{0x080900, 0x080e00, 0x081500}, v.Num) || runtime.GOOS != "linux"
}
