package curl_test

import (
	"context"
	"errors"
	"io"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestContextThatEndsLateSparesTheNextTransfer: a context that ends when its transfer is just over must not reach the
// next one of the handle, nor the handle after Close.
func TestContextThatEndsLateSparesTheNextTransfer(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := stateEasy(t, opt.URL(s.URL("/")))
	for range 300 {
		ctx, cancel := context.WithCancel(t.Context())
		if err := h.Set(opt.WriteFunction(func([]byte) error { go cancel(); return nil })); err != nil {
			t.Fatal(err)
		}
		if err := h.Perform(ctx); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if err := h.Set(opt.WriteFunction(nil)); err != nil {
			t.Fatal(err)
		}
		if err := h.Perform(context.Background()); err != nil {
			t.Fatalf("the next transfer: %v", err)
		}
		cancel()
	}
	for range 300 {
		ctx, cancel := context.WithCancel(t.Context())
		h := stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error { go cancel(); return nil }))
		_ = h.Perform(ctx) // either way
		h.Close()
		cancel()
	}
}

// TestFetchThatIsRefusedLeavesNothing: neither in the handle's next transfer, nor in the one that is in flight.
func TestFetchThatIsRefusedLeavesNothing(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	body := ""
	write := opt.WriteFunction(func(p []byte) error { body += string(p); return nil })
	h := stateEasy(t, opt.URL(s.URL("/")), write)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := h.Fetch(over); !errors.Is(err, context.Canceled) || got != nil {
		t.Fatalf("Fetch: %q, %v", got, err)
	}
	if err := h.Perform(t.Context()); err != nil || body != "hello\n" {
		t.Errorf("the next transfer wrote %q, %v", body, err)
	}

	h, err := halfway(t, s, nil, func(h *curl.Easy) {
		if got, err := h.Fetch(context.Background()); !errors.Is(err, curl.ErrBusy) || got != nil {
			t.Errorf("Fetch beside a transfer: %q, %v", got, err)
		}
	})
	if err != nil {
		t.Error(err)
	}
	if got, err := h.Fetch(t.Context()); err != nil || string(got) != "12" {
		t.Errorf("Fetch afterwards: %q, %v", got, err)
	}
}

// TestPanicAndResetInOneCallback: the deferred call neither hides the panic nor is lost with it.
func TestPanicAndResetInOneCallback(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var h *curl.Easy
	h = stateEasy(t, opt.URL(s.URL("/")), opt.WriteFunction(func([]byte) error {
		if err := h.Reset(); err != nil {
			t.Error(err)
		}
		panic(io.ErrUnexpectedEOF)
	}))
	func() {
		defer func() {
			if p, ok := recover().(*curl.CallbackPanic); !ok || !errors.Is(p, io.ErrUnexpectedEOF) {
				t.Errorf("panicked with %v", p)
			}
		}()
		_ = h.Perform(t.Context())
	}()
	if err := h.Set(opt.URL(s.URL("/"))); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(t.Context()); err != nil {
		t.Errorf("the write function is still there: %v", err)
	}
}
