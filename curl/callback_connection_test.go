package curl_test

import (
	"errors"
	"net/netip"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// causeOf is the cause of a transfer's error, nil where libcurl alone is to blame.
func causeOf(err error) error {
	var e *curl.Error
	if errors.As(err, &e) {
		return e.Cause
	}
	return nil
}

// Before a request is sent both ends of its connection are known, on a new connection and on a kept one.
func TestPrereq(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var seen []opt.PrereqInfo
	prereq := opt.PrereqFunction(func(p opt.PrereqInfo) error { seen = append(seen, p); return nil })
	if !has(t, prereq) {
		return
	}
	h := easy(t, opt.URL(s.URL("/")), prereq)
	perform(t, h)
	perform(t, h)
	local, err := curl.Info(h, info.LocalPort)
	if err != nil {
		t.Fatal(err)
	}
	want := opt.PrereqInfo{RemoteIP: "127.0.0.1", LocalIP: "127.0.0.1", RemotePort: s.Port(), LocalPort: int(local)}
	if len(seen) != 2 || seen[0] != want || seen[1] != want {
		t.Errorf("seen %+v, want twice %+v", seen, want)
	}
	setAll(t, h, opt.PrereqFunction(func(opt.PrereqInfo) error { return errOfCallback }))
	before := s.Served()
	if err := h.Perform(patient(t)); !errors.Is(err, errOfCallback) || s.Served() != before {
		t.Errorf("%v; the server got %d requests more", err, s.Served()-before)
	}
}

// The function is called for a name, before it is looked up.
func TestResolverStart(t *testing.T) {
	options, _ := localhost(t)
	called := 0
	start := opt.ResolverStartFunction(func() error { called++; return nil })
	h := easy(t, append(options, start)...)
	perform(t, h)
	if called == 0 {
		t.Error("not called")
	}
}

// The TLS library's context is handed over for each new connection. What can be done with it is that library's affair.
func TestSSLContext(t *testing.T) {
	options, _ := httpsPeer(t)
	var seen []opt.SSLContext
	ctx := opt.SSLContextFunction(func(c opt.SSLContext) error { seen = append(seen, c); return nil })
	if !has(t, ctx) {
		return
	}
	h := easy(t, append(options, ctx)...)
	perform(t, h)
	perform(t, h)
	if len(seen) != 1 || seen[0].Pointer == 0 || seen[0].Kind == opt.NoSSLContext {
		t.Errorf("contexts %v, want one: the second transfer reuses the connection", seen)
	}
	if usesTLS(t, "OpenSSL") && seen[0].Kind.String() != "SSL_CTX" {
		t.Errorf("OpenSSL's is a %v", seen[0].Kind)
	}
}

// FTP opens a second connection, for the data, through the same functions.
func TestOpenSocketForFTPData(t *testing.T) {
	if !speaks(t, "ftp") {
		return
	}
	s := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/a": "alpha"}})
	var ports []uint16
	h := easy(t, opt.URL(s.URL("/a")), opt.OpenSocketFunction(func(_ opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) {
		ports = append(ports, a.Addr.Port())
		if a.Addr.Addr() != netip.MustParseAddr("127.0.0.1") {
			t.Errorf("the address is %v", a.Addr)
		}
		return openSocket(a)
	}))
	if body, err := h.Fetch(patient(t)); err != nil || string(body) != "alpha" {
		t.Errorf("%q, %v", body, err)
	}
	if len(ports) != 2 || ports[0] != uint16(s.Port()) || ports[1] == ports[0] {
		t.Errorf("connections to the ports %v; the server is at %d", ports, s.Port())
	}
}
