package testserver

import (
	"errors"
	"fmt"
	"net"
)

// A Blackhole is a loopback address that takes connection requests and never
// completes them: a client stays in its connecting phase until it gives up.
//
// It is a listener that nobody accepts from, with a backlog of 0 and one
// connection of our own in its queue. Linux drops each further SYN for a full
// queue, whatever tcp_syncookies and tcp_abort_on_overflow say, and the client's
// kernel repeats it for some two minutes.
type Blackhole struct {
	listener net.Listener
	filler   net.Conn
}

// NewBlackhole returns an address that hangs. It is closed when the test ends;
// the test is skipped on a system where there is no such thing.
func NewBlackhole(tb TB) *Blackhole {
	tb.Helper()
	b, err := startBlackhole()
	if errors.Is(err, errors.ErrUnsupported) {
		tb.Skipf("testserver: blackhole: %v", err)
	} else if err != nil {
		tb.Fatalf("testserver: blackhole: %v", err)
	}
	tb.Cleanup(b.Close)
	return b
}

func startBlackhole() (*Blackhole, error) {
	listener, err := net.Listen("tcp", loopback(false))
	if err != nil {
		return nil, err
	}
	b := &Blackhole{listener: listener}
	if err := b.plug(); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// plug fills the queue. Only the queue itself says when it is full: a client's
// connect returns before the listener has handled the last packet.
func (b *Blackhole) plug() (err error) {
	if err := emptyBacklog(b.listener.(*net.TCPListener)); err != nil {
		return err
	}
	if b.filler, err = net.Dial("tcp", b.Addr()); err != nil {
		return err
	}
	full := eventually(func() bool {
		var n int
		n, err = queued(b.Port())
		return n > 0 || err != nil
	})
	if err == nil && !full {
		err = fmt.Errorf("the queue of %s stays empty", b.Addr())
	}
	return err
}

// Addr returns the address that hangs, as host:port.
func (b *Blackhole) Addr() string { return b.listener.Addr().String() }

// Port returns its port number.
func (b *Blackhole) Port() int { return portOf(b.listener.Addr()) }

// Close gives the address up. Clients that still wait are refused when their
// kernel tries again.
func (b *Blackhole) Close() {
	if b.filler != nil {
		_ = b.filler.Close()
	}
	_ = b.listener.Close()
}
