package flavour

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// lacks ends a test of something that the build in use does not have; the matrix shows it.
func lacks(t *testing.T, what string) {
	t.Helper()
	t.Skip("lacks " + what)
}

func version(t *testing.T) curl.VersionInfo {
	t.Helper()
	v, err := curl.Version()
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// library is the TLS library in use, in lower case.
func library(t *testing.T) string {
	t.Helper()
	v := version(t)
	if len(v.TLS) == 0 {
		return "none"
	}
	return strings.ToLower(v.TLS[0].Name)
}

func needsTLS(t *testing.T) {
	t.Helper()
	if v := version(t); !slices.Contains(v.Protocols, "https") {
		lacks(t, "TLS")
	}
}

// withTLS is a server to test TLS with, and the options to reach it. The empty folder keeps those TLS libraries quick
// that would read every certificate of the system for each connection.
func withTLS(t *testing.T, config testserver.HTTPConfig) (*testserver.HTTP, []opt.Option) {
	t.Helper()
	needsTLS(t)
	config.TLS = true
	s := testserver.NewHTTP(t, config)
	options := []opt.Option{opt.URL(s.URL("/")), opt.CAInfo(s.CAFile(t)), opt.NoProxy("*")}
	if empty := opt.CAPath(t.TempDir()); handle(t).Set(empty) == nil {
		options = append(options, empty)
	}
	return s, options
}

func handle(t testing.TB, options ...opt.Option) *curl.Easy {
	t.Helper()
	h, err := curl.New(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

func set(t *testing.T, h *curl.Easy, options ...opt.Option) {
	t.Helper()
	if err := h.Set(options...); err != nil {
		t.Fatal(err)
	}
}

// setOrLacks sets options that a TLS library may be without: only those named here may refuse them.
func setOrLacks(t *testing.T, h *curl.Easy, what string, without []string, options ...opt.Option) {
	t.Helper()
	switch err := h.Set(options...); {
	case err == nil:
	case errors.Is(err, curl.ErrUnsupported): // it is older than the option
		lacks(t, what)
	case (errors.Is(err, codes.NotBuiltIn) || errors.Is(err, codes.UnknownOption)) && slices.Contains(without, library(t)):
		lacks(t, what)
	default:
		t.Fatal(err)
	}
}

func bounded(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func arrives(t *testing.T, h *curl.Easy, want string) {
	t.Helper()
	if body, err := h.Fetch(bounded(t)); err != nil || string(body) != want {
		t.Fatalf("%q, %v", body, err)
	}
}

func fails(t *testing.T, h *curl.Easy, want ...codes.Easy) {
	t.Helper()
	_, err := h.Fetch(bounded(t))
	if !slices.ContainsFunc(want, func(c codes.Easy) bool { return errors.Is(err, c) }) {
		t.Fatalf("%v, want one of %v", err, want)
	}
}
