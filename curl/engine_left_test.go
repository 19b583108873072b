package curl

import (
	"context"
	"encoding/pem"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A stream that ends, or pauses, may leave in OpenSSL's memory what has come for another stream of the connection. libcurl
// then never asked for that one again.
func TestEngineReadsWhatOneStreamLeavesOfAnother(t *testing.T) {
	for name, c := range map[string]struct {
		body    string
		options []opt.Option
	}{
		"by ending": {"", nil},
		"by pausing": {strings.Repeat("x", 2000), []opt.Option{opt.BufferSize(1024),
			opt.WriteFunction(func([]byte) error { return opt.ErrPause })}},
		"by failing": {strings.Repeat("x", 2000), []opt.Option{opt.BufferSize(1024),
			opt.WriteFunction(func([]byte) error { return errLeft })}},
	} {
		t.Run(name, func(t *testing.T) {
			env := []string{"GOCURL_LIBRARY=" + os.Getenv("GOCURL_LIBRARY")}
			body := c.body
			if name == "by pausing" && loader.Ensure() == nil {
				if capi.VersionNum() < 0x080100 {
					body = body[:1000] // a quirk: with the rest of a frame before it, libcurl goes on with no stream
				}
				if capi.VersionNum() < 0x080700 { // another: it loses the memory of what it keeps
					env = append(env, "ASAN_OPTIONS=detect_leaks=0")
				}
			}
			if inChild(t, env...) {
				capi.LookNever()
				testLeft(t, body, c.options)
			}
		})
	}
}

var errLeft = os.ErrProcessDone

// testLeft has libcurl give four streams of a connection their turns, in the order in which they began: waiting has nothing
// to read yet; meanwhile's progress function has the server send the end of leaving, and then all of waiting; leaving reads
// only its own; trigger was the reason for these turns. Then waiting's response is in memory, and nobody's turn comes.
func testLeft(t *testing.T, body string, options []opt.Option) {
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	s := newLeftServer(t, body)
	g, err := NewEngine(EngineConfig{Shards: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close(t.Context())
	defer cancel()

	begin := func(path string, options ...opt.Option) <-chan error {
		t.Helper()
		spot := opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) { return false, nil })
		h, err := New(append([]opt.Option{opt.NoProxy("*"), opt.URL(s.URL + path), opt.CAInfo(s.trust), spot}, options...)...)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { h.Close() })
		if err := g.Attach(h, OnSpot); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- h.Perform(ctx) }()
		select {
		case <-s.arrived:
		case err := <-ended:
			t.Fatal(err)
		}
		return ended
	}
	var armed atomic.Bool
	send := func() {
		if armed.CompareAndSwap(true, false) {
			s.send(ctx, "/leaving")
			s.send(ctx, "/waiting")
		}
	}
	waiting := begin("/waiting")
	begin("/meanwhile", opt.NoProgress(false), opt.XferInfoFunction(func(opt.Progress) error {
		send()
		return nil
	}))
	begin("/leaving", options...)
	trigger := begin("/trigger")
	armed.Store(true)
	close(s.gates["/trigger"])
	if err := <-trigger; err != nil {
		t.Fatal(err)
	}
	send() // an old libcurl does not give turns in that order
	if err := <-waiting; err != nil {
		t.Errorf("what has come for the stream is not read: %v", err)
	}
}

// leftServer answers a request when its gate is opened.
type leftServer struct {
	*httptest.Server
	trust   string // the file with its certificate
	arrived chan struct{}
	gates   map[string]chan struct{}
	written chan struct{}
}

func newLeftServer(t *testing.T, body string) *leftServer {
	s := &leftServer{arrived: make(chan struct{}), gates: map[string]chan struct{}{}, written: make(chan struct{}, 1)}
	for _, path := range []string{"/waiting", "/meanwhile", "/leaving", "/trigger"} {
		s.gates[path] = make(chan struct{})
	}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/leaving" && body != "" {
			w.(http.Flusher).Flush()
		}
		s.arrived <- struct{}{}
		select {
		case <-s.gates[r.URL.Path]:
			if r.URL.Path == "/leaving" && body != "" {
				w.Write([]byte(body))
				w.(http.Flusher).Flush()
				<-r.Context().Done()
			}
		case <-r.Context().Done():
		}
	}))
	s.EnableHTTP2 = true
	s.Listener = leftListener{s.Listener, s.written}
	s.StartTLS()
	t.Cleanup(s.Close)
	s.trust = filepath.Join(t.TempDir(), "trust.pem")
	if err := os.WriteFile(s.trust, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

// send opens a gate, and returns when the answer has been sent.
func (s *leftServer) send(ctx context.Context, path string) {
	select {
	case <-s.written: // of something else
	default:
	}
	close(s.gates[path])
	select {
	case <-s.written:
	case <-ctx.Done():
	}
}

// leftListener tells of every write to a connection.
type leftListener struct {
	net.Listener
	written chan struct{}
}

func (l leftListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return leftConn{c, l.written}, err
}

type leftConn struct {
	net.Conn
	written chan struct{}
}

func (c leftConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	select {
	case c.written <- struct{}{}:
	default:
	}
	return n, err
}
