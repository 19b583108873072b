package curl_test

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func openSocket(a *opt.SocketAddress) (uintptr, error) {
	fd, err := syscall.Socket(a.Family, a.Type, a.Protocol)
	return uintptr(fd), err
}

// The address of a connection arrives decoded, for each family, and the socket that the function opens is used.
func TestOpenSocketAddress(t *testing.T) {
	v4 := testserver.NewHTTP(t, testserver.HTTPConfig{})
	peers := map[string]*testserver.HTTP{"IPv4": v4, "unix": testserver.NewHTTP(t, testserver.HTTPConfig{Unix: filepath.Join(t.TempDir(), "s")})}
	if l, err := net.Listen("tcp", "[::1]:0"); err == nil {
		l.Close()
		peers["IPv6"] = testserver.NewHTTP(t, testserver.HTTPConfig{IPv6: true})
	}
	for name, s := range peers {
		var got opt.SocketAddress
		var used uintptr
		h := easy(t, opt.URL(s.URL("/")), opt.NoProxy("*"),
			opt.OpenSocketFunction(func(purpose opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) {
				if purpose != opt.SocketConnect {
					t.Errorf("the purpose is %v", purpose)
				}
				got = *a
				return openSocket(a)
			}),
			opt.SockOptFunction(func(fd uintptr, purpose opt.SocketPurpose) (bool, error) { used = fd; return false, nil }))
		family, path := syscall.AF_INET, ""
		var addr netip.AddrPort
		switch name {
		case "unix":
			family, path = syscall.AF_UNIX, s.Addr()
			setAll(t, h, opt.UnixSocketPath(path))
		case "IPv6":
			family = syscall.AF_INET6
			addr = netip.MustParseAddrPort(s.Addr())
		default:
			addr = netip.MustParseAddrPort(s.Addr())
		}
		perform(t, h)
		if got.Family != family || got.Addr != addr || got.Path != path || got.Type&0xf != syscall.SOCK_STREAM || len(got.Raw) == 0 {
			t.Errorf("%s: the address is %+v", name, got)
		}
		if used == 0 && name != "unix" { // libcurl sets no options of Unix sockets
			t.Errorf("%s: the function for socket options was not called", name)
		}
	}
}

// The function may send a connection elsewhere: to another port, another family, a Unix socket, by Addr, Path or Raw.
func TestOpenSocketElsewhere(t *testing.T) {
	v4 := testserver.NewHTTP(t, testserver.HTTPConfig{})
	unix := testserver.NewHTTP(t, testserver.HTTPConfig{Unix: filepath.Join(t.TempDir(), "s")})
	nowhere := opt.URL("http://127.0.0.1:1/")
	changes := map[string]func(a *opt.SocketAddress){
		"port": func(a *opt.SocketAddress) { a.Addr = netip.MustParseAddrPort(v4.Addr()) },
		"raw":  func(a *opt.SocketAddress) { a.Raw[2], a.Raw[3] = byte(v4.Port()>>8), byte(v4.Port()) },
		"unix": func(a *opt.SocketAddress) { a.Path, a.Family, a.Protocol = unix.Addr(), syscall.AF_UNIX, 0 },
	}
	if l, err := net.Listen("tcp", "[::1]:0"); err == nil {
		l.Close()
		v6 := testserver.NewHTTP(t, testserver.HTTPConfig{IPv6: true})
		changes["IPv6"] = func(a *opt.SocketAddress) { a.Addr, a.Family = netip.MustParseAddrPort(v6.Addr()), syscall.AF_INET6 }
	}
	for name, change := range changes {
		h := easy(t, nowhere, opt.OpenSocketFunction(func(_ opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) {
			change(a)
			return openSocket(a)
		}))
		if body, err := h.Fetch(patient(t)); err != nil || string(body) != "hello\n" {
			t.Errorf("%s: %q, %v", name, body, err)
		}
	}
}

// An address that libcurl has no room for, and a zone that is a name, are errors before anything is connected.
func TestOpenSocketRefusesAddress(t *testing.T) {
	for name, change := range map[string]func(a *opt.SocketAddress){
		"long raw":   func(a *opt.SocketAddress) { a.Raw = make([]byte, 200) },
		"long path":  func(a *opt.SocketAddress) { a.Path = string(make([]byte, 200)) },
		"named zone": func(a *opt.SocketAddress) { a.Addr = netip.MustParseAddrPort("[fe80::1%lo]:1") },
	} {
		h := easy(t, opt.URL("http://127.0.0.1:1/"), opt.OpenSocketFunction(func(_ opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) {
			fd, err := openSocket(a)
			os.NewFile(fd, "socket").Close()
			change(a)
			return fd, err
		}))
		if err := h.Perform(patient(t)); causeOf(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Of a host with two addresses the function may refuse one.
func TestOpenSocketRefusesOneAddress(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	host := "two.test:" + strconv.Itoa(s.Port())
	var asked []string
	h := easy(t, opt.URL("http://"+host+"/"), opt.NoProxy("*"), opt.Resolve([]string{host + ":127.0.0.2,127.0.0.1"}),
		opt.OpenSocketFunction(func(_ opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) {
			asked = append(asked, a.Addr.Addr().String())
			if len(asked) == 1 {
				return ^uintptr(0), nil
			}
			return openSocket(a)
		}))
	body, err := h.Fetch(patient(t))
	if err != nil || string(body) != "hello\n" || !slices.Equal(asked, []string{"127.0.0.2", "127.0.0.1"}) {
		t.Errorf("%q, %v; asked about %v", body, err, asked)
	}
}

// A socket that is connected already is used as it is.
func TestSockOptAlreadyConnected(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := easy(t, opt.URL("http://127.0.0.1:1/"),
		opt.OpenSocketFunction(func(_ opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) {
			fd, err := openSocket(a)
			to := netip.MustParseAddrPort(s.Addr())
			if err == nil {
				err = connectFD(fd, &syscall.SockaddrInet4{Port: int(to.Port()), Addr: to.Addr().As4()})
			}
			return fd, err
		}),
		opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) { return true, nil }))
	body, err := h.Fetch(patient(t))
	if version(t).Num>>8 == 0x0758 { // 7.88 connects all the same, which a connected socket refuses
		if !errors.Is(err, codes.CouldntConnect) {
			t.Errorf("%q, %v", body, err)
		}
	} else if err != nil || string(body) != "hello\n" {
		t.Errorf("%q, %v", body, err)
	}
}

// Each socket that was opened is closed by the function that was set then: at the end of the handle, after a Reset,
// after the function was cleared, and after another callback has failed.
func TestCloseSocket(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var opened, closed atomic.Int32
	options := []opt.Option{
		opt.URL(s.URL("/")),
		opt.OpenSocketFunction(func(_ opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) { opened.Add(1); return openSocket(a) }),
		opt.CloseSocketFunction(func(fd uintptr) error { closed.Add(1); return os.NewFile(fd, "socket").Close() }),
	}
	want := func(when string, o, c int32) {
		t.Helper()
		if opened.Load() != o || closed.Load() != c {
			t.Errorf("%s: %d opened, %d closed; want %d and %d", when, opened.Load(), closed.Load(), o, c)
		}
	}
	h := easy(t, options...)
	perform(t, h)
	perform(t, h)
	want("while the connection is kept", 1, 0)
	h.Close()
	want("after Close", 1, 1)

	h = easy(t, options...)
	perform(t, h)
	if err := h.Reset(); err != nil {
		t.Fatal(err)
	}
	want("after Reset", 2, 1)
	h.Close()
	want("after Reset and Close", 2, 2)

	h = easy(t, options...)
	perform(t, h)
	setAll(t, h, opt.CloseSocketFunction(nil))
	h.Close()
	want("cleared", 3, 3)

	h = easy(t, append(options, opt.WriteFunction(func([]byte) error { return errOfCallback }))...)
	if h.Perform(patient(t)) == nil {
		t.Error("no error")
	}
	h.Close()
	want("after a failure", 4, 4)
}
