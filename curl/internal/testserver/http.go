package testserver

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
)

// HTTPConfig says what kind of HTTP server to start. The zero value is
// cleartext HTTP/1.1 on 127.0.0.1.
type HTTPConfig struct {
	TLS        bool              // serve TLS, with HTTP/2 and HTTP/1.1 by ALPN
	HTTP1Only  bool              // with TLS: offer no HTTP/2
	ClientCert bool              // with TLS: demand a certificate that Authority issued
	TuneTLS    func(*tls.Config) // with TLS: change the configuration before it is used
	H2C        bool              // without TLS: speak HTTP/2 too, to clients with prior knowledge
	IPv6       bool              // listen on [::1]
	Unix       string            // listen on this Unix socket instead; a leading @ makes it abstract
	Handler    http.Handler      // routes of the test's own, under /own/
}

// HTTP is a running HTTP server. Its methods may be called from any goroutine.
type HTTP struct {
	Authority *Authority // issuer of the server's certificate; nil without TLS

	log      requestLog
	digest   digestAuth
	listener net.Listener
	server   *http.Server
	quit     context.CancelCauseFunc
	running  sync.WaitGroup // the accept loop, the connections, the handlers

	mu      sync.Mutex
	closing bool
	gates   map[string]*Gate
	conns   tally
}

// NewHTTP starts a server that is closed when the test ends.
func NewHTTP(tb TB, config HTTPConfig) *HTTP {
	tb.Helper()
	s, err := StartHTTP(config)
	if err != nil {
		tb.Fatalf("%v", err)
	}
	tb.Cleanup(s.Close)
	return s
}

// StartHTTP starts a server that runs until Close.
func StartHTTP(config HTTPConfig) (*HTTP, error) {
	s := &HTTP{gates: map[string]*Gate{}}
	tlsConfig, err := s.tlsConfig(config)
	if err != nil {
		return nil, err
	}
	network, address := "tcp", loopback(config.IPv6)
	if config.Unix != "" {
		network, address = "unix", config.Unix
	}
	if s.listener, err = net.Listen(network, address); err != nil {
		return nil, fmt.Errorf("testserver: HTTP: %w", err)
	}
	ctx, quit := context.WithCancelCause(context.Background())
	s.quit = quit
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(config.TLS && !config.HTTP1Only)
	protocols.SetUnencryptedHTTP2(config.H2C)
	s.server = &http.Server{
		Handler:     s.handler(config.Handler),
		TLSConfig:   tlsConfig,
		Protocols:   protocols,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ConnState:   s.connState,
		ErrorLog:    log.New(io.Discard, "", 0), // a client that goes away is no news here
	}
	s.running.Go(func() {
		if config.TLS {
			_ = s.server.ServeTLS(s.listener, "", "")
		} else {
			_ = s.server.Serve(s.listener)
		}
	})
	return s, nil
}

// Addr returns the address to connect to, as host:port or as a socket's path.
func (s *HTTP) Addr() string { return s.listener.Addr().String() }

// Port returns the port number.
func (s *HTTP) Port() int { return portOf(s.listener.Addr()) }

// URL returns the URL of a path that starts with a slash.
func (s *HTTP) URL(path string) string {
	scheme, host := "http://", s.Addr()
	if s.Authority != nil {
		scheme = "https://"
	}
	if s.listener.Addr().Network() == "unix" {
		host = "localhost"
	}
	return scheme + host + path
}
