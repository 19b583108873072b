package curl_test

import (
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Ten thousand goroutines are in Perform on one engine at once: none has got through before all have begun.
func TestEngineTenThousandAtOnce(t *testing.T) {
	onlyShared(t)
	n := 10_000
	if testing.Short() {
		n = 1000
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{MaxConnections: 200, Shards: 2})
	plug := engineHandle(t, g, opt.URL(s.URL("/hang")))
	plugged := make(chan error, 1)
	go func() { plugged <- plug.Perform(bounded(t)) }()
	within(t, "the first request", s.Gate("").Arrived(1))
	var begun, all sync.WaitGroup
	threads := testserver.Threads()
	begun.Add(n)
	for range n {
		h := engineHandle(t, g, opt.URL(s.URL("/hang")))
		all.Go(func() {
			begun.Done()
			if body, err := h.Fetch(t.Context()); err != nil || string(body) != "late\n" {
				t.Errorf("%q, %v", body, err)
			}
			h.Close()
		})
	}
	begun.Wait()
	within(t, "as many requests as there may be connections", s.Gate("").Arrived(100))
	if now := testserver.Threads(); now-threads > 64 {
		t.Errorf("%d transfers wait on %d threads more than before", n, now-threads)
	}
	s.Gate("").Open()
	all.Wait()
	if err := <-plugged; err != nil {
		t.Error(err)
	}
	if c := s.Connections(); c > 200 {
		t.Errorf("%d connections, want 200 at most", c)
	}
}
