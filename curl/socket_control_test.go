package curl_test

import (
	"errors"
	"net"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestSocketControl(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var seen, other uintptr
	h := handleWith(t, opt.URL(s.URL("/")), opt.NoProxy("*"),
		opt.OpenSocketFunction(func(_ opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) {
			fd, err := openSocket(a)
			seen = fd
			return fd, err
		}),
		curl.SocketControl(func(network, address string, c syscall.RawConn) error {
			if network != "tcp" || address != "" {
				t.Errorf("%q %q", network, address)
			}
			if err := c.Read(func(uintptr) bool { return true }); err == nil {
				t.Error("Read went ahead")
			}
			if err := c.Write(func(uintptr) bool { return true }); err == nil {
				t.Error("Write went ahead")
			}
			return c.Control(func(fd uintptr) { other = fd })
		}))
	arrives(t, h, "hello\n")
	if seen == 0 || other != seen {
		t.Errorf("the socket is %d, seen was %d", seen, other)
	}
	set(t, h, opt.FreshConnect(true), curl.SocketControl(func(string, string, syscall.RawConn) error { return errOfCallback }))
	if err := h.Perform(bounded(t)); !errors.Is(err, errOfCallback) {
		t.Error(err)
	}
	set(t, h, curl.SocketControl(nil))
	arrives(t, h, "hello\n")
}

// What callbacks are told of addresses is there in the forms of package net, too.
func TestAddressesOfCallbacks(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	unix := testserver.NewHTTP(t, testserver.HTTPConfig{Unix: filepath.Join(t.TempDir(), "s")})
	var at net.Addr
	open := opt.OpenSocketFunction(func(_ opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) {
		at = a.NetAddr()
		return openSocket(a)
	})
	h := handleWith(t, opt.URL(s.URL("/")), opt.NoProxy("*"), open)
	var ends opt.PrereqInfo
	prereq := has(t, opt.PrereqFunction(func(opt.PrereqInfo) error { return nil }))
	if prereq {
		set(t, h, opt.PrereqFunction(func(p opt.PrereqInfo) error { ends = p; return nil }))
	}
	arrives(t, h, "hello\n")
	if a, ok := at.(*net.TCPAddr); !ok || a.String() != s.Addr() {
		t.Errorf("%T %v", at, at)
	}
	if prereq && (ends.Remote().String() != s.Addr() || !ends.Local().Addr().IsLoopback() || ends.Local().Port() == 0) {
		t.Errorf("%v, %v", ends.Remote(), ends.Local())
	}
	h = handleWith(t, opt.URL("http://localhost/"), opt.NoProxy("*"), opt.UnixSocketPath(unix.Addr()), open)
	arrives(t, h, "hello\n")
	if a, ok := at.(*net.UnixAddr); !ok || a.Name != unix.Addr() || a.Net != "unix" {
		t.Errorf("%T %v", at, at)
	}
	if a := (&opt.SocketAddress{Family: 77}).NetAddr(); a != nil {
		t.Errorf("an unknown family is %v", a)
	}
	if a := (opt.PrereqInfo{}).Remote(); a.IsValid() {
		t.Errorf("no address is %v", a)
	}
}
