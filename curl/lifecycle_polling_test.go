package curl

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/driver"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// pollingEasy is a handle whose driver polls, as it does with the releases whose event mode is broken.
func pollingEasy(t *testing.T, options ...opt.Option) *Easy {
	t.Helper()
	h := lifecycleEasy(t, append(options, opt.NoProxy("*"))...)
	d, err := driver.New(driver.Config{Polling: true})
	if err != nil {
		t.Fatal(err)
	}
	h.h.drv, h.h.own = d, d
	return h
}

func TestPollingDriverTransfers(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := pollingEasy(t)
	for _, path := range []string{"/bytes/1000000", "/chunked/30000", "/trickle/20?every=1ms"} {
		if err := h.Set(opt.URL(s.URL(path))); err != nil {
			t.Fatal(err)
		}
		body, err := h.Fetch(t.Context())
		if err != nil || len(body) < 20 || !testserver.MatchesPattern(body, 0) {
			t.Errorf("%s: %d bytes, %v", path, len(body), err)
		}
	}
	if n := s.Connections(); n != 1 {
		t.Errorf("%d connections for three transfers", n)
	}
}

func TestPollingDriverPausesAndResumes(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	paused := make(chan struct{}, 1)
	body := ""
	h := pollingEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func(p []byte) error {
		if len(paused) == 0 && body == "" {
			paused <- struct{}{}
			body = "paused "
			return opt.ErrPause
		}
		body += string(p)
		return nil
	}))
	ended := make(chan error, 1)
	go func() { ended <- h.Perform(context.Background()) }()
	<-paused
	if err := h.Resume(Receiving); err != nil {
		t.Error(err)
	}
	select {
	case err := <-ended:
		if err != nil || body != "paused hello\n" {
			t.Errorf("%q, %v", body, err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("Resume did not reach the driver")
	}
}

// TestPollingDriverKeepsItsLockOverAPoll: while libcurl polls it goes through its handles, and reports to the debug
// function. Calls from elsewhere come in between, and soon.
func TestPollingDriverKeepsItsLockOverAPoll(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var h *Easy
	h = pollingEasy(t, opt.URL(s.URL("/trickle/50?every=1ms")), opt.Verbose(true), opt.DebugFunction(func(opt.DebugKind, []byte) {
		if _, err := Info(h, info.EffectiveURL); err != nil {
			t.Error(err)
		}
	}))
	ended := make(chan error, 1)
	go func() { ended <- h.Perform(context.Background()) }()
	start, n := time.Now(), 1
	for {
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
			if each := time.Since(start) / time.Duration(n); each > 5*time.Millisecond {
				t.Errorf("each of %d Infos took %v", n, each)
			}
			return
		default:
		}
		if _, err := Info(h, info.SizeDownload); err != nil {
			t.Error(err)
		}
		n++
	}
}

// TestPollingDriversEndPromptly: more transfers wait than may poll at once, and those in the queue hear of the end too.
func TestPollingDriversEndPromptly(t *testing.T) {
	const n = 300
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	threads := testserver.Threads()
	ended := make(chan error, n)
	for range n {
		h := pollingEasy(t, opt.URL(s.URL("/hang")))
		go func() { ended <- h.Perform(ctx) }()
	}
	select {
	case <-s.Gate("").Arrived(n):
	case err := <-ended:
		t.Fatal(err)
	case <-time.After(30 * time.Second):
		t.Fatal("the requests did not all arrive")
	}
	if now := testserver.Threads(); now-threads >= n/2 {
		t.Errorf("%d transfers wait on %d threads more than before", n, now-threads)
	}
	start := time.Now()
	cancel()
	for range n {
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("cancelling %d transfers took %v", n, took)
	}
}
