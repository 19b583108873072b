package testserver

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
)

// A Script is what a peer does on one connection, step by step, before it
// closes it.
type Script []Step

// A ScriptServer plays scripts: the first connection gets the first script,
// and so on; the last script serves all connections that follow.
type ScriptServer struct {
	*peer
	mu       sync.Mutex
	received [][]byte // by connection
	err      error
}

// NewScript starts a peer that plays the scripts. It is closed when the test
// ends, and the test fails if a client did not keep to its script.
func NewScript(tb TB, scripts ...Script) *ScriptServer {
	tb.Helper()
	if len(scripts) == 0 {
		tb.Fatalf("testserver: NewScript needs at least one script")
	}
	s := &ScriptServer{}
	tb.Cleanup(func() {
		if err := s.Err(); err != nil {
			tb.Errorf("%v", err)
		}
	})
	s.peer = newPeer(tb, false, nil)
	s.start(func(i int, c net.Conn) { s.play(scripts[min(i, len(scripts)-1)], i, c) })
	return s
}

// Received returns all that has been read on a connection, counted from 0. The
// script need not have come to these bytes yet.
func (s *ScriptServer) Received(i int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i >= len(s.received) {
		return ""
	}
	return string(s.received[i])
}

// Err returns the first failure of a step, nil while all goes by the scripts.
func (s *ScriptServer) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// A ScriptConn is the connection that a step works on. What it reads through
// Reader is kept for [ScriptServer.Received].
type ScriptConn struct {
	net.Conn
	Reader *bufio.Reader
	ctx    context.Context // ends when the server is closed
}

// Context returns a context that ends when the server is closed.
func (c *ScriptConn) Context() context.Context { return c.ctx }

func (s *ScriptServer) play(script Script, i int, nc net.Conn) {
	c := &ScriptConn{Conn: nc, ctx: s.ctx}
	c.Reader = bufio.NewReader(scriptReader{s, i, nc})
	for n, step := range script {
		err := step.do(c)
		switch {
		case err == nil:
			continue
		case errors.Is(err, errStop) || s.ctx.Err() != nil:
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.err == nil {
			s.err = fmt.Errorf("testserver: script of connection %d, step %d, %s: %w", i, n, step.name, err)
		}
		return
	}
}

// errStop ends a script early without a failure.
var errStop = errors.New("testserver: the script ends here")

// scriptReader notes what is read from a connection.
type scriptReader struct {
	s *ScriptServer
	i int
	c net.Conn
}

func (r scriptReader) Read(p []byte) (int, error) {
	n, err := r.c.Read(p)
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	if missing := r.i + 1 - len(r.s.received); missing > 0 {
		r.s.received = slices.Grow(r.s.received, missing)[:r.i+1]
	}
	r.s.received[r.i] = append(r.s.received[r.i], p[:n]...)
	return n, err
}
