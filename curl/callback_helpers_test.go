package curl_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// easy makes a handle that is closed when the test ends.
func easy(t testing.TB, options ...opt.Option) *curl.Easy {
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

// patient is a context that ends long after everything a test waits for, so that a hang becomes a failure.
func patient(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// within waits for something that is to happen soon.
func within[T any](t testing.TB, what string, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(10 * time.Second):
		t.Fatalf("%s does not happen", what)
	}
	return v
}

func setAll(t testing.TB, h *curl.Easy, options ...opt.Option) {
	t.Helper()
	if err := h.Set(options...); err != nil {
		t.Fatal(err)
	}
}

func perform(t testing.TB, h *curl.Easy) {
	t.Helper()
	if err := h.Perform(patient(t)); err != nil {
		t.Fatal(err)
	}
}

// begin runs the transfer in a goroutine and returns where its error arrives.
func begin(t testing.TB, h *curl.Easy) <-chan error {
	result := make(chan error, 1)
	ctx := patient(t)
	go func() { result <- h.Perform(ctx) }()
	return result
}

func version(t testing.TB) curl.VersionInfo {
	t.Helper()
	v, err := curl.Version()
	if err != nil {
		t.Skip("no libcurl: ", err)
	}
	return v
}

// has says whether the running libcurl has the option. One that is too old for it must say so.
func has(t testing.TB, o opt.Option) bool {
	t.Helper()
	v := version(t)
	m, _ := opt.Lookup(o.ID())
	h := easy(t)
	err := h.Set(o)
	var unsupported *curl.UnsupportedError
	switch {
	case m.Since > v.Num:
		if !errors.As(err, &unsupported) || !errors.Is(err, curl.ErrUnsupported) {
			t.Errorf("libcurl %s is too old for %s, and the error is %v", v.Version, m.Name, err)
		}
		return false
	case errors.Is(err, codes.UnknownOption), errors.Is(err, codes.NotBuiltIn), errors.Is(err, curl.ErrUnsupported):
		return false // built without what the option is about
	case err != nil:
		t.Fatal(err)
	}
	return true
}

// speaks says whether the running libcurl knows a protocol. One that does not must say so.
func speaks(t testing.TB, scheme string) bool {
	t.Helper()
	if slices.Contains(version(t).Protocols, scheme) {
		return true
	}
	if err := easy(t, opt.URL(scheme+"://127.0.0.1/")).Perform(patient(t)); !errors.Is(err, codes.UnsupportedProtocol) {
		t.Errorf("libcurl does not speak %s, and the error is %v", scheme, err)
	}
	return false
}

// caFile writes an authority's certificate where every libcurl can read it (blobs came with 7.77.0).
func caFile(t testing.TB, pem []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(name, pem, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
