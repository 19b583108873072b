package testserver

import (
	"errors"
	"net"
	"net/http"
)

var errClosed = errors.New("testserver: the peer was closed")

// Close ends all connections, whatever they are doing, and waits until nothing
// of the server runs any more. Closing again does nothing.
func (s *HTTP) Close() {
	s.mu.Lock()
	s.closing = true
	s.mu.Unlock()
	_ = s.server.Close()
	s.quit(errClosed) // after the connections, so that no route that now ends sends an answer
	s.running.Wait()
}

// Connected returns a channel that is closed once n connections have been
// accepted since the start.
func (s *HTTP) Connected(n int) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns.reached(n)
}

// Connections returns how many connections have been accepted since the start.
func (s *HTTP) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns.n
}

// connState counts connections in and out. http.Server.Close misses one that
// is accepted while it runs, so that one is closed here.
func (s *HTTP) connState(c net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		s.running.Add(1)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.conns.add()
		if s.closing {
			_ = c.Close()
		}
	case http.StateClosed, http.StateHijacked:
		s.running.Done()
	}
}

// enter registers a handler unless the server is closing: an HTTP/2 handler
// may outlive its connection.
func (s *HTTP) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closing {
		s.running.Add(1)
	}
	return !s.closing
}
