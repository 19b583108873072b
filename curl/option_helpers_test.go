package curl_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// newHandle makes a handle that is closed when the test ends.
func newHandle(t testing.TB, options ...opt.Option) *curl.Easy {
	t.Helper()
	h, err := curl.New(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

// set sets options that nothing speaks against.
func set(t testing.TB, h *curl.Easy, options ...opt.Option) {
	t.Helper()
	if err := h.Set(options...); err != nil {
		t.Fatal(err)
	}
}

// echo fetches a route that describes the request, which the handle's URL names.
func echo(t testing.TB, h *curl.Easy) testserver.Echo {
	t.Helper()
	body, err := h.Fetch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var e testserver.Echo
	if err := json.Unmarshal(body, &e); err != nil {
		t.Fatalf("%v: %q", err, body)
	}
	return e
}

// text fetches the body as a string.
func text(t testing.TB, h *curl.Easy) string {
	t.Helper()
	body, err := h.Fetch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// checkUnsupported fails unless err says that the running libcurl lacks something, and it is older than the version
// that brought it.
func checkUnsupported(t testing.TB, err error, major, minor int) {
	t.Helper()
	v, _ := curl.Version()
	if !errors.Is(err, curl.ErrUnsupported) || v.AtLeast(major, minor, 0) {
		t.Errorf("libcurl %s: %v", v.Version, err)
	}
}
