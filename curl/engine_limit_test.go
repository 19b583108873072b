package curl_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// All transfers of a crowd arrive, and at no time are there more connections than the limit allows.
func TestEngineLimitsConnections(t *testing.T) {
	onlyShared(t)
	for _, c := range []struct {
		name string
		cfg  curl.EngineConfig
		most int
	}{
		{"per host", curl.EngineConfig{MaxPerHost: 3}, 3},
		{"in total", curl.EngineConfig{MaxConnections: 3}, 3},
		{"in total, on two shards", curl.EngineConfig{MaxConnections: 4, Shards: 2}, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := testserver.NewHTTP(t, testserver.HTTPConfig{})
			g := newEngine(t, c.cfg)
			var all sync.WaitGroup
			for range 30 {
				h := engineHandle(t, g, opt.URL(s.URL("/bytes/20000")))
				all.Go(func() {
					for range 3 {
						if body, err := h.Fetch(bounded(t)); err != nil || len(body) != 20000 {
							t.Errorf("%d bytes, %v", len(body), err)
						}
					}
				})
			}
			all.Wait()
			if n := s.Connections(); n > c.most {
				t.Errorf("%d connections, want %d at most", n, c.most)
			}
		})
	}
}

// The server lets one TLS handshake after the other go on, and counts how many there are at once.
func TestEngineLimitsConnecting(t *testing.T) {
	onlyShared(t)
	const most, n = 2, 12
	var now, peak atomic.Int32
	gate := testserver.NewGate()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true, TuneTLS: func(c *tls.Config) {
		c.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
			if v := now.Add(1); v > peak.Load() {
				peak.Store(v)
			}
			defer now.Add(-1)
			return nil, gate.Pass(hello.Context())
		}
	}})
	g := newEngine(t, curl.EngineConfig{MaxConnecting: most, Shards: 1})
	ended := make(chan error, n)
	for range n {
		h := engineHandle(t, g, opt.URL(s.URL("/")), opt.CAInfo(s.CAFile(t)), opt.FreshConnect(true))
		go func() { ended <- h.Perform(bounded(t)) }()
	}
	for i := most; i <= n; i++ {
		within(t, "the next handshake", gate.Arrived(i))
		gate.Admit(1)
	}
	gate.Open()
	for range n {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if got := peak.Load(); got != most {
		t.Errorf("%d connections were made at once, want %d", got, most)
	}
}

// Since 8.22.0 libcurl by itself keeps all connections that were used within the last second: with many hosts the descriptors ran out.
func TestManyHostsDoNotLeaveTheirConnectionsOpen(t *testing.T) {
	onlyShared(t)
	const hosts, kept = 60, 4
	for name, group := range map[string]func(t *testing.T, h *curl.Easy){
		"engine": func(t *testing.T, h *curl.Easy) {
			if err := newEngine(t, curl.EngineConfig{Shards: 1}).Attach(h); err != nil {
				t.Fatal(err)
			}
		},
		"confined share": func(t *testing.T, h *curl.Easy) { attach(t, newConfined(t, curl.ShareConnections), h) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var closed atomic.Int32
			few := make(chan struct{})
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
			s.Config.ConnState = func(_ net.Conn, is http.ConnState) {
				if is == http.StateClosed && closed.Add(1) == hosts-kept {
					close(few)
				}
			}
			s.Start()
			t.Cleanup(s.Close)
			h := easy(t, opt.ConnectTo([]string{"::" + s.Listener.Addr().String()}))
			group(t, h)
			for i := range hosts {
				setAll(t, h, opt.URL(fmt.Sprintf("http://host%d.test/", i)))
				arrives(t, h, "")
			}
			within(t, "the end of most connections", few)
		})
	}
}

func TestEngineRefusesSenselessLimits(t *testing.T) {
	for _, cfg := range []curl.EngineConfig{{MaxConnections: -1}, {MaxPerHost: -1}, {MaxConnecting: -1}, {MaxIdle: -1}, {MaxStreams: -1}, {Shards: -1}} {
		if _, err := curl.NewEngine(cfg); err == nil || errors.Is(err, curl.ErrNoCgo) {
			t.Errorf("%+v is accepted: %v", cfg, err)
		}
	}
}

func TestEngineShardsByHost(t *testing.T) {
	onlyShared(t)
	g := newEngine(t, curl.EngineConfig{Shards: 8})
	for range 5 {
		s := testserver.NewHTTP(t, testserver.HTTPConfig{})
		for _, path := range []string{"/", "/bytes/1", "/?a/b"} {
			h := engineHandle(t, g, opt.URL(strings.ToUpper(s.URL("")[:4])+s.URL(path)[4:]))
			perform(t, h)
		}
		if n := s.Connections(); n != 1 {
			t.Errorf("%d connections for one host", n)
		}
	}
}

// opt.Timeout ends a transfer also while it waits for others, of which no libcurl before 8.23.0 took notice.
func TestEngineTimeoutWhileWaitingForAConnection(t *testing.T) {
	onlyShared(t)
	for name, cfg := range map[string]curl.EngineConfig{"per host": {MaxPerHost: 1}, "connecting": {MaxConnecting: 1, Shards: 1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			held := testserver.NewGate()
			s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true, TuneTLS: func(c *tls.Config) {
				c.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
					return nil, held.Pass(hello.Context())
				}
			}})
			g := newEngine(t, cfg)
			first, ended := engineHandle(t, g, opt.URL(s.URL("/")), opt.CAInfo(s.CAFile(t))), make(chan error, 1)
			go func() { ended <- first.Perform(bounded(t)) }()
			within(t, "the first handshake", held.Arrived(1))
			h := engineHandle(t, g, opt.URL(s.URL("/")), opt.CAInfo(s.CAFile(t)), opt.Timeout(100*time.Millisecond))
			for range 2 {
				if err := h.Perform(bounded(t)); !errors.Is(err, codes.OperationTimedOut) || errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("the error is %v", err)
				}
			}
			held.Open()
			if err := <-ended; err != nil {
				t.Error(err)
			}
			setAll(t, h, opt.Timeout(0))
			arrives(t, h, "hello\n")
		})
	}
}
