package curl_test

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// resuming is a server that says whether the TLS session of the connection was resumed.
func resuming(t *testing.T) (*testserver.HTTP, []opt.Option) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS.DidResume {
			w.Write([]byte("resumed"))
			return
		}
		w.Write([]byte("new"))
	})})
	return s, []opt.Option{opt.URL(s.URL("/own/")), opt.CAInfo(s.CAFile(t)), opt.HTTPVersion(opt.HTTPVer1_1), opt.NoProxy("*")}
}

// lacksSessions checks the error of a libcurl that cannot export sessions, and says whether this is one.
func lacksSessions(t *testing.T, err error) bool {
	t.Helper()
	v := version(t)
	if v.Features.Has(curl.FeatureSSLSExport) {
		if err != nil {
			t.Fatal(err)
		}
		return false
	}
	var e *curl.UnsupportedError
	if !errors.As(err, &e) || e.What != "curl_easy_ssls_export" || (e.Need == "8.12.0") != olderThan(t, 0x080c00) {
		t.Errorf("%v, want an UnsupportedError", err)
	}
	return true
}

// A session goes from one handle to another by way of memory, with its key or with the hash alone.
func TestTLSSessionsMove(t *testing.T) {
	privately(t, "its handles have one cache of sessions, TestTLSSessionsOfAnEngine")
	t.Parallel()
	_, options := resuming(t)
	from := easy(t, options...)
	if list, err := from.ExportTLSSessions(); lacksSessions(t, err) {
		lacksSessions(t, from.ImportTLSSessions(curl.TLSSession{}))
		return
	} else if list != nil {
		t.Error(list)
	}
	arrives(t, from, "new")
	list, err := from.ExportTLSSessions()
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	s := list[0]
	if !strings.Contains(s.Key, "127.0.0.1:") || len(s.Hash) == 0 || len(s.Data) == 0 || s.Version < tls.VersionTLS12 ||
		!s.ValidUntil.After(time.Now()) || s.ValidUntil.After(time.Now().Add(8*24*time.Hour)) {
		t.Errorf("%+v", s)
	}
	if text := s.String(); strings.Contains(text, s.Key) || strings.Contains(text, string(s.Data)) {
		t.Error(text)
	}
	for name, kept := range map[string]curl.TLSSession{"key": {Key: s.Key, Data: s.Data}, "hash": {Hash: s.Hash, Data: s.Data}} {
		to := easy(t, options...)
		if err := to.ImportTLSSessions(kept); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		arrives(t, to, "resumed")
	}
	arrives(t, easy(t, options...), "new")
}

func TestTLSSessionsOfAShare(t *testing.T) {
	t.Parallel()
	_, options := resuming(t)
	a, b := easy(t, options...), easy(t, options...)
	attach(t, newShare(t, curl.ShareTLSSessions), a)
	attach(t, newShare(t, curl.ShareTLSSessions), b)
	if _, err := a.ExportTLSSessions(); lacksSessions(t, err) {
		return
	}
	arrives(t, a, "new")
	list, err := a.ExportTLSSessions()
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	if err := b.ImportTLSSessions(list...); err != nil {
		t.Fatal(err)
	}
	arrives(t, b, "resumed")
}

// What the members of an engine have learned can be exported from any of them.
func TestTLSSessionsOfAnEngine(t *testing.T) {
	t.Parallel()
	_, options := resuming(t)
	g, err := curl.NewEngine(curl.EngineConfig{})
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close(bounded(t))
	a, b := easy(t, options...), easy(t)
	for _, h := range []*curl.Easy{a, b} {
		if err := g.Attach(h); err != nil {
			t.Fatal(err)
		}
	}
	arrives(t, a, "new")
	list, err := b.ExportTLSSessions()
	if lacksSessions(t, err) {
		return
	}
	if len(list) == 0 {
		t.Fatal("no sessions")
	}
	to := easy(t, options...)
	if err := to.ImportTLSSessions(list...); err != nil {
		t.Fatal(err)
	}
	arrives(t, to, "resumed")
}

func TestTLSSessionRefusals(t *testing.T) {
	privately(t, "a handle of an engine joins no confined share")
	t.Parallel()
	h := easy(t)
	share, err := curl.NewConfinedShare(curl.ShareDNS)
	if err != nil {
		t.Fatal(err)
	}
	attach(t, share, h)
	err = h.ImportTLSSessions(curl.TLSSession{Key: "x", Data: []byte("no session")})
	if errors.Is(err, curl.ErrUnsupported) {
		lacksSessions(t, err)
		return
	}
	if !errors.Is(err, curl.ErrSharedSessions) {
		t.Error(err)
	}
	if err := share.Close(); err != nil {
		t.Fatal(err)
	}
	var e *curl.Error
	for _, s := range []curl.TLSSession{{}, {Key: "x"}, {Key: "x", Data: []byte("no session")}, {Hash: []byte("short"), Data: []byte("no session")}} {
		if err := h.ImportTLSSessions(s); !errors.As(err, &e) || e.Op != "import TLS sessions" || e.Code == codes.OK {
			t.Errorf("%+v: %v", s, err)
		}
	}
	h.Close()
	if _, err := h.ExportTLSSessions(); !errors.Is(err, curl.ErrClosed) {
		t.Error(err)
	}
}

// %#v used to print the secret that String leaves out.
func TestTLSSessionPrintsNoSecret(t *testing.T) {
	s := curl.TLSSession{Key: "host:443", Data: []byte("secret")}
	for _, format := range []string{"%v", "%+v", "%#v"} {
		for _, v := range []any{s, &s, []curl.TLSSession{s}} {
			if text := fmt.Sprintf(format, v); !strings.Contains(text, "TLS session") || strings.Contains(text, "host:443") {
				t.Errorf("%s of a %T: %s", format, v, text)
			}
		}
	}
}
