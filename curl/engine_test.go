package curl_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func newEngine(t testing.TB, cfg curl.EngineConfig) *curl.Engine {
	t.Helper()
	g, err := curl.NewEngine(cfg)
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close(context.Background()) })
	return g
}

func engineHandle(t testing.TB, g *curl.Engine, options ...opt.Option) *curl.Easy {
	t.Helper()
	h, err := curl.New(append([]opt.Option{opt.NoProxy("*")}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	if err := g.Attach(h); err != nil {
		t.Fatal(err)
	}
	return h
}

// enginesShare says whether handles on an engine use the same connections with this libcurl.
func enginesShare(t testing.TB) bool {
	blocks, _ := blockingResolver(t)
	return !blocks
}

// onlyShared is for tests of what sharing does; TestEngineUsesEachOthersConnections also runs where there is none.
func onlyShared(t testing.TB) {
	t.Helper()
	if !enginesShare(t) {
		t.Skip("on this libcurl, whose resolver cannot be interrupted, the handles of an engine use connections of their own")
	}
}

func connects(t *testing.T, h *curl.Easy) int {
	t.Helper()
	n, err := curl.Info(h, info.NumConnects)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEngineUsesEachOthersConnections(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	for i := range 3 {
		h := engineHandle(t, g, opt.URL(s.URL("/bytes/100000")))
		body, err := h.Fetch(bounded(t))
		if err != nil || !testserver.MatchesPattern(body, 0) || len(body) != 100000 {
			t.Fatalf("%d bytes, %v", len(body), err)
		}
		if n, want := connects(t, h), 1; n != want && (i == 0 || !enginesShare(t)) {
			t.Errorf("transfer %d made %d connections, want %d", i, n, want)
		} else if i > 0 && n != 0 && enginesShare(t) {
			t.Errorf("transfer %d made %d connections, want none", i, n)
		}
	}
}

func TestEngineMultiplexesHTTP2(t *testing.T) {
	onlyShared(t)
	const n = 50
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	g := newEngine(t, curl.EngineConfig{})
	options := []opt.Option{opt.URL(s.URL("/hang")), opt.CAInfo(s.CAFile(t)), opt.PipeWait(true)}
	ended := make(chan error, n)
	for range n {
		h := engineHandle(t, g, options...)
		go func() { ended <- h.Perform(bounded(t)) }()
	}
	within(t, "all requests at once", s.Gate("").Arrived(n))
	s.Gate("").Open()
	for range n {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if got := s.Connections(); got != 1 {
		t.Errorf("%d connections, want 1", got)
	}
}

func TestEngineDetachedHandleRunsOnItsOwn(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	h := engineHandle(t, g, opt.URL(s.URL("/")))
	arrives(t, h, "hello\n")
	if err := g.Detach(h); err != nil {
		t.Fatal(err)
	}
	arrives(t, h, "hello\n")
	if n := connects(t, h); n != 1 && enginesShare(t) {
		t.Errorf("the connection is the engine's; alone the handle made %d, want 1", n)
	}
	if err := g.Detach(h); !errors.Is(err, curl.ErrNotAttached) {
		t.Errorf("Detach again: %v", err)
	}
	other := newEngine(t, curl.EngineConfig{})
	if err := other.Attach(h); err != nil {
		t.Error(err)
	}
	if err := g.Attach(h); !errors.Is(err, curl.ErrAttached) {
		t.Errorf("Attach to a second engine: %v", err)
	}
}

func TestEngineCannotChangeInFlight(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	h := engineHandle(t, g, opt.URL(s.URL("/hang")))
	ended := make(chan error, 1)
	go func() { ended <- h.Perform(bounded(t)) }()
	within(t, "the request", s.Gate("").Arrived(1))
	if err := g.Detach(h); !errors.Is(err, curl.ErrBusy) {
		t.Errorf("Detach: %v", err)
	}
	if err := g.Attach(h); !errors.Is(err, curl.ErrBusy) {
		t.Errorf("Attach: %v", err)
	}
	s.Gate("").Open()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestEngineClosesIdleConnections(t *testing.T) {
	onlyShared(t)
	gone := make(chan struct{})
	peer := hangUp(t, gone)
	g := newEngine(t, curl.EngineConfig{IdleTimeout: 10 * time.Millisecond})
	h := engineHandle(t, g, opt.URL("http://"+peer))
	arrives(t, h, "")
	within(t, "the end of the idle connection", gone)
	arrives(t, h, "") // on a new one
}

func TestDroppedEngineIsFreed(t *testing.T) { testDroppedEngine(t, -1) }

// The timer that closes idle connections kept a dropped engine, and these, until it struck.
func TestDroppedEngineDoesNotWaitForItsIdleTimeout(t *testing.T) {
	testDroppedEngine(t, 30*time.Second)
}

func testDroppedEngine(t *testing.T, idle time.Duration) {
	onlyShared(t)
	gone := make(chan struct{})
	peer := hangUp(t, gone)
	func() {
		g, err := curl.NewEngine(curl.EngineConfig{IdleTimeout: idle})
		if err != nil {
			t.Fatal(err)
		}
		h, err := curl.New(opt.URL("http://"+peer), opt.NoProxy("*"))
		if err != nil {
			t.Fatal(err)
		}
		if err := g.Attach(h); err != nil {
			t.Fatal(err)
		}
		arrives(t, h, "")
		h.Close()
	}()
	collectUntil(t, gone)
}

func TestFetchUsesConnectionsAgain(t *testing.T) {
	onlyShared(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for range 3 {
		r, err := curl.Fetch(bounded(t), s.URL("/redirect/1"), opt.NoProxy("*"), opt.FollowLocation(true))
		if err != nil {
			t.Fatal(err)
		}
		if r.Status != 200 || string(r.Body) != "arrived\n" || r.URL != s.URL("/redirect/0") {
			t.Errorf("%d %q from %s", r.Status, r.Body, r.URL)
		}
		if len(r.Headers) == 0 && !olderThan(t, 0x075300) {
			t.Error("no headers")
		}
	}
	if n := s.Connections(); n != 1 {
		t.Errorf("%d connections, want 1", n)
	}
	if _, err := curl.Fetch(bounded(t), "http://127.0.0.1:1/", opt.NoProxy("*")); err == nil {
		t.Error("no error from a port where nobody listens")
	}
}
