package testserver

import (
	"crypto/tls"
	"net/http"
	"slices"
	"sync"
)

// logSize is how many requests a server remembers at least. Benchmarks send
// millions.
const logSize = 1000

// A Request is what a server noted about one request when its head had come.
// Its order of header lines is lost; a [ScriptServer] keeps the very bytes.
type Request struct {
	Method string
	URI    string // as sent
	Proto  string // "HTTP/1.1", "HTTP/2.0"
	Host   string
	Remote string // the client's address; equal for requests of one connection
	Header http.Header
	TLS    *tls.ConnectionState // nil without TLS
}

type requestLog struct {
	mu    sync.Mutex
	total tally
	last  []Request
}

func (l *requestLog) add(r *http.Request) {
	noted := Request{r.Method, r.RequestURI, r.Proto, r.Host, r.RemoteAddr, r.Header.Clone(), r.TLS}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.last) == 2*logSize {
		l.last = append(l.last[:0], l.last[logSize:]...)
	}
	l.last = append(l.last, noted)
	l.total.add()
}

// Requests returns the latest requests, the oldest first: all of them as long
// as there are no more than a thousand.
func (s *HTTP) Requests() []Request {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return slices.Clone(s.log.last)
}

// Served returns how many requests have come since the start.
func (s *HTTP) Served() int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.log.total.n
}

// Requested returns a channel that is closed once n requests have come since
// the start.
func (s *HTTP) Requested(n int) <-chan struct{} {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.log.total.reached(n)
}
