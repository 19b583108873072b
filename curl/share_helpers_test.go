package curl_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// newShare makes a share that is closed when the test ends.
func newShare(t testing.TB, kinds ...curl.ConcurrentKind) *curl.Share {
	t.Helper()
	s, err := curl.NewShare(kinds...)
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	endShare(t, s)
	return s
}

// attachable is a share of either type.
type attachable interface {
	Attach(*curl.Easy) error
	Detach(*curl.Easy) error
	Close() error
	Done() <-chan struct{}
}

func attach(t testing.TB, s attachable, handles ...*curl.Easy) {
	t.Helper()
	for _, h := range handles {
		if err := s.Attach(h); err != nil {
			t.Fatal(err)
		}
	}
}

// secretName is a host that only a handle with this option, and whoever shares its cache of names, can find.
func secretName(s *testserver.HTTP, name string) (url string, known opt.Option) {
	host := name + "." + testserver.ServerName
	port := s.Addr()[strings.LastIndexByte(s.Addr(), ':')+1:]
	url = fmt.Sprintf("http://%s:%s/", host, port)
	return url, opt.Resolve([]string{host + ":" + port + ":127.0.0.1"})
}

// knows says whether the handle finds the host of the URL, in a cache of names or by itself.
func knows(t testing.TB, h *curl.Easy, url string) bool {
	t.Helper()
	if err := h.Set(opt.URL(url), opt.FreshConnect(true)); err != nil {
		t.Fatal(err)
	}
	return h.Perform(patient(t)) == nil
}

// resumingServer answers whether the TLS session of the request was resumed. The empty folder keeps GnuTLS from reading
// all of the system's certificates for each connection.
func resumingServer(t testing.TB) (*testserver.HTTP, []opt.Option) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true, Handler: http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.TLS.DidResume) },
	)})
	return s, []opt.Option{opt.URL(s.URL("/own/")), opt.CAInfo(s.CAFile(t)), opt.CAPath(t.TempDir()), opt.FreshConnect(true), opt.NoProxy("*")}
}

// resumes says whether the handle's next connection resumes a TLS session.
func resumes(t testing.TB, h *curl.Easy) bool {
	t.Helper()
	body, err := h.Fetch(patient(t))
	if err != nil {
		t.Fatal(err)
	}
	return string(body) == "true"
}

// newConfined is newShare for a confined share.
func newConfined(t testing.TB, kinds ...curl.Kind) *curl.ConfinedShare {
	t.Helper()
	s, err := curl.NewConfinedShare(kinds...)
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	endShare(t, s)
	return s
}

// endShare closes a share when the test ends, by when all callbacks must have been without a lock.
func endShare(t testing.TB, s attachable) {
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		within(t, "the end of libcurl's share", s.Done())
		if n := capi.FramesUnderLock(); n != 0 {
			t.Errorf("%d callbacks entered Go under a lock of a share", n)
		}
	})
}
