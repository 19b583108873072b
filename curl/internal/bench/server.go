package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// serveH2 is the server of the HTTP/2 work, in a process of its own: HTTP/2 over TLS on a port that it prints. It ends
// with its input.
func serveH2() error {
	authority, err := testserver.NewAuthority()
	if err != nil {
		return err
	}
	cert, err := authority.Issue("bench", "127.0.0.1")
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, l.Addr().(*net.TCPAddr).Port)
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	body := strings.Repeat("x", 64)
	s := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ProtoMajor != 2 {
				body = "not HTTP/2" // its length gives it away
			}
			io.WriteString(w, body)
		}),
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{cert}},
	}
	return s.ServeTLS(l, "", "")
}

// url is where a server process says it listens.
func (s *side) url(scheme string) (string, error) {
	var port int
	if _, err := fmt.Fscanln(s.out, &port); err != nil {
		return "", fmt.Errorf("%s did not start: %w", s.cmd, err)
	}
	return fmt.Sprint(scheme, "://127.0.0.1:", port), nil
}
