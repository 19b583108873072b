package curl_test

import (
	"fmt"
	"net/textproto"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func connectionKinds() []kind {
	return []kind{
		{name: "sockopt", peer: httpPeer("/"), code: codes.AbortedByCallback, also: codes.CouldntConnect, hook: func(f func() error) opt.Option {
			return opt.SockOptFunction(orNil(f, func(uintptr, opt.SocketPurpose) (bool, error) { return false, f() }))
		}},
		{name: "opensocket", peer: httpPeer("/"), code: codes.CouldntConnect, hook: func(f func() error) opt.Option {
			return opt.OpenSocketFunction(orNil(f, func(_ opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) {
				if err := f(); err != nil {
					return 0, err
				}
				fd, err := syscall.Socket(a.Family, a.Type, a.Protocol)
				return uintptr(fd), err
			}))
		}},
		{name: "closesocket", peer: httpPeer("/", opt.ForbidReuse(true)), code: codes.AbortedByCallback, hook: func(f func() error) opt.Option {
			return opt.CloseSocketFunction(orNil(f, func(fd uintptr) error {
				os.NewFile(fd, "socket").Close()
				return f()
			}))
		}},
		{name: "resolverstart", peer: localhost, code: codes.AbortedByCallback, also: codes.CouldntResolveHost, hook: func(f func() error) opt.Option {
			return opt.ResolverStartFunction(orNil(f, func() error { return f() }))
		}},
		{name: "prereq", peer: httpPeer("/"), code: codes.AbortedByCallback, hook: func(f func() error) opt.Option {
			return opt.PrereqFunction(orNil(f, func(opt.PrereqInfo) error { return f() }))
		}},
		{name: "sslctx", scheme: "https", peer: httpsPeer, code: codes.AbortedByCallback, hook: func(f func() error) opt.Option {
			return opt.SSLContextFunction(orNil(f, func(opt.SSLContext) error { return f() }))
		}},
	}
}

func protocolKinds() []kind {
	return []kind{
		{name: "interleave", scheme: "rtsp", peer: rtspPeer, code: codes.WriteError, hook: func(f func() error) opt.Option {
			return opt.InterleaveFunction(orNil(f, func([]byte) error { return f() }))
		}},
		{name: "chunkbegin", scheme: "ftp", peer: wildcardPeer, code: codes.ChunkFailed, hook: func(f func() error) opt.Option {
			return opt.ChunkBeginFunction(orNil(f, func(*opt.FileInfo, int) (bool, error) { return false, f() }))
		}},
		{name: "chunkend", scheme: "ftp", peer: wildcardPeer, code: codes.AbortedByCallback, also: codes.ChunkFailed, hook: func(f func() error) opt.Option {
			return opt.ChunkEndFunction(orNil(f, func() error { return f() }))
		}},
		{name: "fnmatch", scheme: "ftp", peer: wildcardPeer, code: codes.RemoteFileNotFound, also: codes.AbortedByCallback, hook: func(f func() error) opt.Option {
			return opt.FNMatchFunction(orNil(f, func(string, string) (bool, error) { return true, f() }))
		}},
		{name: "hstsread", peer: httpPeer("/", opt.HSTSControl(opt.HSTSEnable)), code: codes.AbortedByCallback, hook: func(f func() error) opt.Option {
			return opt.HSTSReadFunction(orNil(f, func() (opt.HSTSEntry, bool, error) { return opt.HSTSEntry{}, false, f() }))
		}},
		{name: "hstswrite", peer: hstsPeer, late: true, hook: func(f func() error) opt.Option {
			return opt.HSTSWriteFunction(orNil(f, func(opt.HSTSEntry, int, int) error { return f() }))
		}},
		{name: "sshkey", scheme: "sftp", peer: sftpPeer, code: codes.PeerFailedVerification, bare: codes.PeerFailedVerification, hook: func(f func() error) opt.Option {
			return opt.SSHKeyFunction(orNil(f, func(_, _ opt.SSHKey, _ opt.SSHKeyMatch) (opt.SSHKeyAction, error) {
				return opt.SSHKeyAccept, f()
			}))
		}},
		{name: "sshhostkey", scheme: "sftp", peer: sftpPeer, code: codes.PeerFailedVerification, bare: codes.PeerFailedVerification, hook: func(f func() error) opt.Option {
			return opt.SSHHostKeyFunction(orNil(f, func(opt.SSHKeyType, []byte) error { return f() }))
		}},
	}
}

// localhost is a peer with a name that libcurl has to look up.
func localhost(t *testing.T) ([]opt.Option, bool) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	return []opt.Option{
		opt.URL("http://localhost/"), opt.ConnectTo([]string{"localhost:80:localhost:" + strconv.Itoa(s.Port())}),
		opt.IPResolve(opt.IPFamilyV4),
	}, true
}

func httpsPeer(t *testing.T) ([]opt.Option, bool) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	return []opt.Option{opt.URL(s.URL("/")), opt.CAInfo(caFile(t, s.CA()))}, true
}

// rtspHead reads a request up to its body.
func rtspHead(c *testserver.ScriptConn) (textproto.MIMEHeader, error) {
	in := textproto.NewReader(c.Reader)
	request, err := in.ReadLine()
	if err != nil {
		return nil, err
	}
	head, err := in.ReadMIMEHeader()
	if err != nil {
		err = fmt.Errorf("after %q: %w", request, err)
	}
	return head, err
}

// rtspPeer sends a packet of four bytes behind its answer, as servers do that stream within the RTSP connection. libcurl
// takes packets only for channels that an answer has announced.
func rtspPeer(t *testing.T) ([]opt.Option, bool) {
	s := testserver.NewScript(t, testserver.Script{testserver.Do("answer", func(c *testserver.ScriptConn) error {
		head, err := rtspHead(c)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(c, "RTSP/1.0 200 OK\r\nCSeq: %s\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n$\x01\x00\x04RTP!",
			head.Get("CSeq"))
		return err
	}), testserver.Drain()})
	return []opt.Option{
		opt.URL("rtsp://" + s.Addr() + "/"), opt.RTSPRequest(opt.RTSPOptions), opt.RTSPStreamURI("rtsp://" + s.Addr() + "/"),
		opt.ForbidReuse(true),
	}, true
}

func wildcardPeer(t *testing.T) ([]opt.Option, bool) {
	s := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/pub/a.txt": "alpha", "/pub/b.txt": "beta"}})
	return []opt.Option{opt.URL(s.URL("/pub/*.txt")), opt.WildcardMatch(true)}, true
}

// hstsPeer fills the handle's HSTS cache, which is written when the handle is closed.
func hstsPeer(t *testing.T) ([]opt.Option, bool) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	given := false
	return []opt.Option{opt.URL(s.URL("/")), opt.HSTSControl(opt.HSTSEnable),
		opt.HSTSReadFunction(func() (opt.HSTSEntry, bool, error) {
			more := !given
			given = true
			return opt.HSTSEntry{Host: "hsts.test", Expire: time.Now().Add(time.Hour)}, more, nil
		})}, true
}
