package curl_test

import (
	"errors"
	"runtime"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A handle with a callback that must answer on the spot has a connection of its own, unless it was attached OnSpot.
func TestEngineOnSpotShares(t *testing.T) {
	onlyShared(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{Shards: 1})
	arrives(t, engineHandle(t, g, opt.URL(s.URL("/"))), "hello\n")
	calls := 0
	var h *curl.Easy
	other := engineHandle(t, g, opt.URL(s.URL("/")))
	h = engineHandle(t, g, opt.URL(s.URL("/")), opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) { return false, nil }),
		opt.HeaderFunction(func([]byte) error {
			calls++
			return nil
		}))
	arrives(t, h, "hello\n")
	if n := connects(t, h); n != 1 || calls == 0 {
		t.Errorf("%d connections, %d callbacks; want a connection of its own", n, calls)
	}
	if err := g.Attach(h, curl.OnSpot); err != nil {
		t.Fatal(err)
	}
	setAll(t, h, opt.HeaderFunction(func([]byte) error {
		if err := other.Perform(t.Context()); !errors.Is(err, curl.ErrInCallback) {
			t.Errorf("Perform of another inside a callback that holds its driver up: %v", err)
		}
		return nil
	}))
	arrives(t, h, "hello\n")
	if n := connects(t, h); n != 0 {
		t.Errorf("%d connections, want the engine's", n)
	}
}

func TestEngineOnSpotErrorsAndPanics(t *testing.T) {
	onlyShared(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{Shards: 1})
	mine := errors.New("mine")
	fail := func() error { return mine }
	h := engineHandle(t, g, opt.URL(s.URL("/")), opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) { return false, fail() }))
	if err := g.Attach(h, curl.OnSpot); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(bounded(t)); !errors.Is(err, mine) {
		t.Errorf("the error is %v", err)
	}
	fail = func() error { panic("boom") }
	func() {
		defer func() {
			if p, ok := recover().(*curl.CallbackPanic); !ok || p.Value != "boom" {
				t.Errorf("the panic is %v", p)
			}
		}()
		h.Perform(bounded(t))
	}()
	fail = func() error { return nil }
	arrives(t, h, "hello\n")
}

// Goexit in a callback inside libcurl loses the shard: its transfers end with ErrAbandoned, the engine goes on with a new
// one, and the only goroutine that ends is one of the engine's own.
func TestEngineSurvivesGoexitOnTheSpot(t *testing.T) {
	onlyShared(t)
	leaky(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{Shards: 1})
	bystander := engineHandle(t, g, opt.URL(s.URL("/hang")))
	ended := make(chan error, 1)
	go func() { ended <- bystander.Perform(bounded(t)) }()
	within(t, "the request", s.Gate("").Arrived(1))
	h := engineHandle(t, g, opt.URL(s.URL("/")), opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) {
		runtime.Goexit()
		return false, nil
	}))
	if err := g.Attach(h, curl.OnSpot); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{"of the callback's handle": h.Perform(bounded(t)), "of a bystander": <-ended} {
		if !errors.Is(err, curl.ErrAbandoned) {
			t.Errorf("the error %s is %v, want ErrAbandoned", what, err)
		}
	}
	arrives(t, engineHandle(t, g, opt.URL(s.URL("/"))), "hello\n")
}

// It used to be the same as no OnSpot.
func TestEngineAttachInNoKnownWayIsAnError(t *testing.T) {
	g := newEngine(t, curl.EngineConfig{})
	h := newHandle(t)
	if err := g.Attach(h, curl.OnSpot, 2); !errors.Is(err, codes.BadFunctionArgument) {
		t.Errorf("Attach: %v", err)
	}
	if err := g.Detach(h); !errors.Is(err, curl.ErrNotAttached) {
		t.Errorf("it is attached all the same: %v", err)
	}
}
