package curl_test

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// stressPath is something to transfer from a peer that behaves or, more often, does not.
type stressPath struct {
	name string
	url  string
	more []opt.Option
	ends []error // how a transfer ends that nobody disturbs: as one of these; empty: well
	open bool    // it does not end by itself, or nobody can tell how
}

// options is what a transfer needs that ends as foretold.
func (p *stressPath) options() []opt.Option {
	return append([]opt.Option{
		opt.URL(p.url), opt.NoProxy("*"), opt.FollowLocation(true), opt.MaxRedirs(5), opt.SSLVerifyPeer(false), opt.SSLVerifyHost(false),
		opt.Upload(false), opt.ConnectOnly(opt.ConnectOnlyOff), opt.SSLEnableALPN(true), opt.Timeout(0), opt.ConnectTimeout(0),
	}, p.more...)
}

// foretold says that a transfer which nobody disturbs can end so.
func (p *stressPath) foretold(err error) bool {
	if err == nil {
		return len(p.ends) == 0
	}
	return isOneOf(err, p.ends...)
}

// stressPeers are the servers, and what there is to get from them.
type stressPeers struct {
	plain, secure *testserver.HTTP
	paths         []*stressPath
}

func newStressPeers(t *testing.T) *stressPeers {
	s := &stressPeers{}
	s.plain = testserver.NewHTTP(t, testserver.HTTPConfig{Handler: http.HandlerFunc(s.astray)})
	s.secure = testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, Handler: http.HandlerFunc(s.astray)})
	for _, server := range []*testserver.HTTP{s.plain, s.secure} {
		server.Gate("open").Open()
		s.addHTTP(server)
	}
	s.addBroken(t)
	return s
}

// astray sends a client in circles, or to the other server by another name.
func (s *stressPeers) astray(w http.ResponseWriter, r *http.Request) {
	to := r.URL.Path
	if to == "/own/across" {
		to = s.plain.URL("/bytes/1000")
		if r.TLS == nil {
			to = s.secure.URL("/bytes/1000")
		}
	}
	http.Redirect(w, r, to, http.StatusFound)
}

// addHTTP adds what a server does on purpose: cleartext HTTP/1.1, or HTTP/2 over TLS.
func (s *stressPeers) addHTTP(server *testserver.HTTP) {
	add := func(path string, open bool, ends []error, more ...opt.Option) {
		s.paths = append(s.paths, &stressPath{name: path, url: server.URL(path), open: open, ends: ends, more: more})
	}
	short := opt.Timeout(20 * time.Millisecond)
	add("/", false, nil)
	add("/bytes/300000", false, nil)
	add("/chunked/30000", false, nil)
	add("/redirect/3", false, nil)
	add("/own/across", false, nil)
	add("/own/circle", false, []error{codes.TooManyRedirects})
	add("/close-mid-body", false, []error{codes.PartialFile, codes.HTTP2, codes.HTTP2Stream})
	add("/slow?gate=open", false, nil)
	add("/slow?gate=shut", true, nil)
	add("/hang", true, nil)
	add("/hang", false, []error{codes.OperationTimedOut}, short)
	add("/trickle/20?every=1ms", false, nil)
	add("/upload", true, nil, opt.Upload(true))
	add("/echo-body", true, nil)
}

// addBroken adds peers that break the rules, each at its own address.
func (s *stressPeers) addBroken(t *testing.T) {
	add := func(name, url string, more []opt.Option, ends ...error) {
		s.paths = append(s.paths, &stressPath{name: name, url: url, ends: ends, more: more})
	}
	hole := testserver.NewBlackhole(t)
	add("never connects", "http://"+hole.Addr()+"/", []opt.Option{opt.ConnectTimeout(20 * time.Millisecond)},
		codes.OperationTimedOut, codes.CouldntConnect)
	script := func(do func(c net.Conn)) string {
		return testserver.NewScript(t, testserver.Script{testserver.Do("misbehave", func(c *testserver.ScriptConn) error {
			do(c.Conn)
			return nil
		})}).Addr() + "/"
	}
	add("resets", "http://"+script(func(c net.Conn) { request(c); reset(c) }), nil, codes.RecvError, codes.GotNothing, codes.SendError)
	add("resets in the body", "http://"+script(func(c net.Conn) {
		request(c)
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome")
		reset(c)
	}), nil, codes.RecvError, codes.PartialFile)
	add("truncates", "http://"+script(func(c net.Conn) {
		request(c)
		io.WriteString(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nsome")
	}), nil, codes.PartialFile, codes.RecvError)
	add("says nothing", "http://"+script(request), nil, codes.GotNothing, codes.RecvError)
	add("talks nonsense", "http://"+script(func(c net.Conn) {
		request(c)
		io.WriteString(c, "what do you want?\r\n\r\n")
	}), nil, codes.UnsupportedProtocol, codes.WeirdServerReply)
	hangsUp, gone := []error{codes.SSLConnectError, codes.RecvError, codes.SendError}, []opt.Option(nil)
	if usesTLS(t, "wolfSSL") { // one of the quirks: only a timeout ends it
		hangsUp, gone = append(hangsUp, codes.OperationTimedOut), []opt.Option{opt.Timeout(20 * time.Millisecond)}
	}
	add("hangs up in the handshake", "https://"+script(func(c net.Conn) { c.Read(make([]byte, 10)) }), gone, hangsUp...)
	add("resets in the handshake", "https://"+script(func(c net.Conn) { c.Read(make([]byte, 10)); reset(c) }), gone, hangsUp...)
	add("never shakes hands", "https://"+script(func(c net.Conn) { io.Copy(io.Discard, c) }),
		[]opt.Option{opt.Timeout(20 * time.Millisecond)}, codes.OperationTimedOut)
}

// request reads the head of a request.
func request(c net.Conn) {
	var head []byte
	for p := make([]byte, 4096); !bytes.Contains(head, []byte("\r\n\r\n")); {
		n, err := c.Read(p)
		head = append(head, p[:n]...)
		if err != nil {
			return
		}
	}
}

// reset ends a connection by a TCP reset.
func reset(c net.Conn) {
	c.(*net.TCPConn).SetLinger(0)
	c.Close()
}

// close ends the servers that count connections; the others end with the test.
func (s *stressPeers) close() {
	s.plain.Close()
	s.secure.Close()
}
