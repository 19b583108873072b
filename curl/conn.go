package curl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/state"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Conn is a net.Conn over a connection that libcurl has made: through its proxies, with its name resolver and its TLS.
// Whatever takes a net.Conn can use it: http.ReadResponse, smtp.NewClient, tls.Client.
//
// All methods may be called from any goroutine; a Read and a Write go on side by side. Neither costs a thread while it
// waits. A Write that a deadline ends in the midst of TLS leaves the connection unfit for more, as with crypto/tls. The zero Conn
// is a closed one.
type Conn struct {
	e             *Easy
	of            uint64 // the transfer that made the connection, by handle.run
	read, write   deadline
	turn          chan struct{} // has an element while nobody writes: two Writes do not mix
	local, remote net.Addr
}

// Dial makes a connection and nothing more: URL names the host, and with the scheme https TLS is spoken inside. Options
// choose proxies (an HTTP proxy is asked for a tunnel), certificates, addresses, timeouts. ctx ends the dialling, not
// what follows. No ALPN is offered unless opt.SSLEnableALPN says so: libcurl would offer HTTP/2.
//
//	conn, err := curl.Dial(ctx, "https://imap.example.com:993", opt.Proxy("socks5h://127.0.0.1:1080"))
//
// The connection is not in any pool: Close ends it, and frees its handle.
//
// https://curl.se/libcurl/c/CURLOPT_CONNECT_ONLY.html
func Dial(ctx context.Context, url string, options ...opt.Option) (*Conn, error) {
	e, err := newFor(url, options, opt.HTTPProxyTunnel(true), opt.SSLEnableALPN(false))
	if err != nil {
		return nil, err
	}
	if err = e.Set(opt.ConnectOnly(opt.ConnectOnlyTransport)); err == nil {
		err = e.Perform(ctx)
	}
	if err != nil {
		e.Close()
		return nil, err
	}
	return e.Conn()
}

// Conn returns the connection that a Perform with opt.ConnectOnly has left as a net.Conn. It ends with the handle, with
// another Perform and with Reset; its Close closes the handle. Without a connection it is ErrNotConnected.
func (e *Easy) Conn() (*Conn, error) {
	run, err := e.connected(state.Recv, "Conn", 0)
	if err != nil {
		return nil, err
	}
	c := &Conn{e: e, of: run, turn: make(chan struct{}, 1), local: e.addr(info.LocalIP, info.LocalPort), remote: e.addr(info.PrimaryIP, info.PrimaryPort)}
	c.turn <- struct{}{}
	return c, nil
}

// addr is one end of the connection. libcurl tells no address for a Unix socket.
func (e *Easy) addr(ip info.Key[netip.Addr], port info.Key[uint16]) net.Addr {
	a, err := Info(e, ip)
	if err != nil || !a.IsValid() {
		return &net.UnixAddr{Net: "unix"}
	}
	p, _ := Info(e, port)
	return net.TCPAddrFromAddrPort(netip.AddrPortFrom(a, p))
}

// Easy is the handle of the connection, for Info.
func (c *Conn) Easy() *Easy {
	if c == nil {
		return nil
	}
	return c.e
}

// never says that c is the zero Conn, or none at all: no Dial has made it.
func (c *Conn) never() bool { return c == nil || c.e == nil }

// errNever is what its methods return.
func errNever(op string) error { return &net.OpError{Op: op, Net: "tcp", Err: net.ErrClosed} }

// Read reads at least one byte. The end of the connection is io.EOF, everything else that goes wrong a *net.OpError:
// with os.ErrDeadlineExceeded after a deadline, with net.ErrClosed after Close, or when the handle has performed again or was
// reset, with libcurl's *Error.
func (c *Conn) Read(p []byte) (int, error) {
	if c.never() {
		return 0, errNever("read")
	}
	n, err := c.e.recv(c.read.context(), "Read", p, c.of)
	return n, c.wrap("read", err)
}

// Write writes all of p, or returns how much it has written and a *net.OpError.
func (c *Conn) Write(p []byte) (int, error) {
	if c.never() {
		return 0, errNever("write")
	}
	ctx := c.write.context()
	select {
	case <-c.turn:
		defer func() { c.turn <- struct{}{} }()
	case <-ctx.Done():
		return 0, c.wrap("write", ended("Write", whyDone(ctx)))
	}
	n, err := c.e.send(ctx, "Write", p, c.of)
	return n, c.wrap("write", err)
}

// Close closes the connection and its handle; a Read or Write in progress ends with net.ErrClosed.
func (c *Conn) Close() error {
	if c.never() {
		return nil
	}
	err := c.e.Close()
	c.read.set(time.Time{})
	c.write.set(time.Time{})
	return err
}

// LocalAddr is this end of the connection: a *net.TCPAddr, or a *net.UnixAddr without a name.
func (c *Conn) LocalAddr() net.Addr {
	if c.never() {
		return nil
	}
	return c.local
}

// RemoteAddr is the other end, which is that of the proxy if there is one.
func (c *Conn) RemoteAddr() net.Addr {
	if c.never() {
		return nil
	}
	return c.remote
}

// SetDeadline is SetReadDeadline and SetWriteDeadline.
func (c *Conn) SetDeadline(t time.Time) error {
	if err := c.SetReadDeadline(t); err != nil {
		return err
	}
	return c.SetWriteDeadline(t)
}

// SetReadDeadline ends Reads at t, also one in progress. The zero time means never.
func (c *Conn) SetReadDeadline(t time.Time) error {
	if c.never() {
		return errNever("set")
	}
	c.read.set(t)
	return nil
}

// SetWriteDeadline ends Writes at t, also one in progress. The zero time means never.
func (c *Conn) SetWriteDeadline(t time.Time) error {
	if c.never() {
		return errNever("set")
	}
	c.write.set(t)
	return nil
}

// wrap makes the error that a user of package net expects.
func (c *Conn) wrap(op string, err error) error {
	switch {
	case err == nil || err == io.EOF:
		return err
	case errors.Is(err, os.ErrDeadlineExceeded):
		err = os.ErrDeadlineExceeded
	case errors.Is(err, ErrClosed), errors.Is(err, ErrNotConnected):
		err = fmt.Errorf("%w (%w)", net.ErrClosed, err)
	}
	return &net.OpError{Op: op, Net: c.remote.Network(), Source: c.local, Addr: c.remote, Err: err}
}
