package curl_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// handleWith makes a handle that is closed when the test ends.
func handleWith(t *testing.T, options ...opt.Option) *curl.Easy {
	t.Helper()
	h, err := curl.New(options...)
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	attachToo(t, h)
	t.Cleanup(func() { h.Close() })
	return h
}

// bounded is a context that ends long after everything that a test waits for.
func bounded(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// arrives fetches what h asks for and checks the body.
func arrives(t *testing.T, h *curl.Easy, want string) {
	t.Helper()
	body, err := h.Fetch(bounded(t))
	if err != nil {
		t.Fatal(err)
	}
	if string(body) != want {
		t.Fatalf("the body is %.200q, want %.200q", body, want)
	}
}

// fails runs the transfer, which is to end with this code and a text of libcurl's about it.
func fails(t *testing.T, h *curl.Easy, code codes.Easy) *curl.Error {
	t.Helper()
	var e *curl.Error
	err := h.Perform(bounded(t))
	if !errors.Is(err, code) || !errors.As(err, &e) {
		t.Fatalf("the error is %v, want %v", err, code)
	}
	if e.Detail == "" {
		t.Errorf("%v comes without a detail", err)
	}
	return e
}

// infoOf reads an info that every libcurl has.
func infoOf[T any](t *testing.T, h *curl.Easy, key info.Key[T]) T {
	t.Helper()
	v, err := curl.Info(h, key)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// wantInfo compares an info, unless the running libcurl is older than the info and says so.
func wantInfo[T comparable](t *testing.T, h *curl.Easy, key info.Key[T], want T) {
	t.Helper()
	got, err := curl.Info(h, key)
	if m, _ := info.Lookup(key.ID()); olderThan(t, m.Since) {
		if !errors.Is(err, curl.ErrUnsupported) {
			t.Errorf("%v: %v, want an UnsupportedError", key, err)
		}
		return
	}
	if err != nil || got != want {
		t.Errorf("%v is %v, %v; want %v", key, got, err, want)
	}
}

// olderThan says whether the running libcurl is older than a release, 0x080c00 being 8.12.0.
func olderThan(t *testing.T, release uint32) bool {
	t.Helper()
	v, err := curl.Version()
	if err != nil {
		t.Fatal(err)
	}
	return v.Num < release
}
