package testserver

import (
	"context"
	"crypto/tls"
	"net"
	"sync"
)

// A peer is a TCP listener with its connections: what the servers that speak
// to a bare connection have in common.
type peer struct {
	listener net.Listener
	ctx      context.Context // ends with Close
	quit     context.CancelCauseFunc
	running  sync.WaitGroup

	mu       sync.Mutex
	accepted tally
	open     map[net.Conn]struct{}
}

// newPeer is listen for a test, which closes the peer when it ends.
func newPeer(tb TB, ipv6 bool, t *tls.Config) *peer {
	tb.Helper()
	p, err := listen(ipv6, t)
	if err != nil {
		tb.Fatalf("testserver: %v", err)
	}
	tb.Cleanup(p.Close)
	return p
}

// listen listens, over TLS if t is not nil.
func listen(ipv6 bool, t *tls.Config) (*peer, error) {
	listener, err := net.Listen("tcp", loopback(ipv6))
	if err != nil {
		return nil, err
	}
	if t != nil {
		listener = tls.NewListener(listener, t)
	}
	p := &peer{listener: listener, open: map[net.Conn]struct{}{}}
	p.ctx, p.quit = context.WithCancelCause(context.Background())
	return p, nil
}

// start calls serve for each connection, counted from 0, in a goroutine of its
// own. The connection is closed when serve returns.
func (p *peer) start(serve func(i int, c net.Conn)) {
	p.running.Go(func() { p.accept(serve) })
}

func (p *peer) accept(serve func(i int, c net.Conn)) {
	for i := 0; ; i++ {
		c, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.keep(c)
		p.running.Go(func() {
			defer p.drop(c)
			serve(i, c)
		})
		p.mu.Lock()
		p.accepted.add()
		p.mu.Unlock()
	}
}

// keep has Close end c as well, at once if the peer is closed already.
func (p *peer) keep(c net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open[c] = struct{}{}
	if p.ctx.Err() != nil {
		_ = c.Close()
	}
}

func (p *peer) drop(c net.Conn) {
	_ = c.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.open, c)
}

// Close ends all connections, whatever they are doing, and waits until nothing
// of the peer runs any more. Closing again does nothing.
func (p *peer) Close() {
	p.quit(errClosed)
	_ = p.listener.Close()
	p.mu.Lock()
	for c := range p.open {
		_ = c.Close()
	}
	p.mu.Unlock()
	p.running.Wait()
}

// Addr returns the address to connect to, as host:port.
func (p *peer) Addr() string { return p.listener.Addr().String() }

// Port returns the port number.
func (p *peer) Port() int { return portOf(p.listener.Addr()) }

// Connections returns how many connections have been accepted since the start.
func (p *peer) Connections() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.accepted.n
}

// Connected returns a channel that is closed once n connections have been
// accepted since the start.
func (p *peer) Connected(n int) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.accepted.reached(n)
}
