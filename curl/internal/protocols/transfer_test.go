package protocols

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// handle makes a handle that is closed when the test ends. It uses no proxy but one that the options name.
func handle(t *testing.T, options ...opt.Option) *curl.Easy {
	t.Helper()
	h, err := curl.New(append([]opt.Option{opt.NoProxy("")}, options...)...)
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

// bounded is a context that ends long after everything that a test waits for.
func bounded(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// fetched is the body of a transfer that has to succeed.
func fetched(t *testing.T, h *curl.Easy) string {
	t.Helper()
	body, err := h.Fetch(bounded(t))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// arrives fetches and compares.
func arrives(t *testing.T, h *curl.Easy, want string) {
	t.Helper()
	if body := fetched(t, h); body != want {
		t.Fatalf("the body is %d bytes, %.200q, want %d, %.200q", len(body), body, len(want), want)
	}
}

// fails runs a transfer that has to end with one of the codes.
func fails(t *testing.T, h *curl.Easy, want ...codes.Easy) {
	t.Helper()
	_, err := h.Fetch(bounded(t))
	for _, code := range want {
		if errors.Is(err, code) {
			return
		}
	}
	t.Fatalf("the error is %v, want %v", err, want)
}

// with adds options to some that others use as well.
func with(options []opt.Option, more ...opt.Option) []opt.Option {
	return append(append([]opt.Option(nil), options...), more...)
}
