package curl_test

import (
	"context"
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestEngineCloseWaitsForTransfers(t *testing.T) {
	onlyShared(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	h := engineHandle(t, g, opt.URL(s.URL("/hang")))
	late := engineHandle(t, g, opt.URL(s.URL("/")))
	ended, closed := make(chan error, 1), make(chan error, 2)
	go func() { ended <- h.Perform(bounded(t)) }()
	within(t, "the request", s.Gate("").Arrived(1))
	for range 2 {
		go func() { closed <- g.Close(bounded(t)) }()
	}
	for { // until Close has begun
		if err := late.Perform(bounded(t)); errors.Is(err, curl.ErrEngineClosed) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	select {
	case err := <-closed:
		t.Errorf("Close did not wait: %v", err)
	default:
	}
	s.Gate("").Open()
	for _, c := range []chan error{ended, closed, closed} {
		if err := within(t, "the end", c); err != nil {
			t.Error(err)
		}
	}
	arrives(t, late, "hello\n") // on its own now
	if err := g.Attach(h); !errors.Is(err, curl.ErrEngineClosed) {
		t.Errorf("Attach to a closed engine: %v", err)
	}
}

func TestEngineCloseCancelsAtTheEndOfItsContext(t *testing.T) {
	onlyShared(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	const n = 20
	ended := make(chan error, n)
	for range n {
		h := engineHandle(t, g, opt.URL(s.URL("/hang")))
		go func() { ended <- h.Perform(bounded(t)) }()
	}
	within(t, "the requests", s.Gate("").Arrived(n))
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errWhy)
	if err := g.Close(ctx); !errors.Is(err, context.Canceled) || !errors.Is(err, errWhy) {
		t.Errorf("Close: %v", err)
	}
	for range n {
		if err := <-ended; !errors.Is(err, curl.ErrEngineClosed) {
			t.Errorf("a transfer ended with %v", err)
		}
	}
}

// It was the error of the context every other time.
func TestEngineCloseWithNothingToCancelIsNoError(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 {
		g := newEngine(t, curl.EngineConfig{})
		for range 2 {
			if err := g.Close(ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestEngineCloseInACallbackIsRefused(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	h := engineHandle(t, g, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error {
		var refused *curl.StateError
		if err := g.Close(t.Context()); !errors.Is(err, curl.ErrInCallback) || !errors.As(err, &refused) {
			t.Errorf("Close in a callback: %v", err)
		}
		return nil
	}))
	perform(t, h)
	perform(t, h)
}

// Close of a handle in its own callback, and while others wait.
func TestEngineHandleClosesInItsCallback(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	var h *curl.Easy
	h = engineHandle(t, g, opt.URL(s.URL("/bytes/1000000")), opt.WriteFunction(func([]byte) error {
		closed := make(chan error)
		go func() { closed <- h.Close() }()
		return <-closed
	}))
	if err := h.Perform(bounded(t)); !errors.Is(err, curl.ErrClosed) {
		t.Errorf("the error is %v", err)
	}
	within(t, "Done", h.Done())
}

func TestZeroEngineIsClosed(t *testing.T) {
	var g curl.Engine
	h := easy(t)
	if err := g.Attach(h); !errors.Is(err, curl.ErrEngineClosed) {
		t.Errorf("Attach: %v", err)
	}
	if err := g.Detach(h); !errors.Is(err, curl.ErrNotAttached) {
		t.Errorf("Detach: %v", err)
	}
	if err := g.Close(t.Context()); err != nil {
		t.Errorf("Close: %v", err)
	}
}
