package testserver

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"sync"
)

// dial connects to the port of address on loopback, whatever its host is. The
// connection ends with the peer at the latest.
func (p *peer) dial(address string) (net.Conn, error) {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	var d net.Dialer
	c, err := d.DialContext(p.ctx, "tcp", net.JoinHostPort("127.0.0.1", port))
	if err == nil {
		p.keep(c)
	}
	return c, err
}

// relay copies between a client and the far side until both directions have
// ended. From holds what has been read from the client already.
func (p *peer) relay(client net.Conn, from io.Reader, far net.Conn) {
	defer p.drop(far)
	var up sync.WaitGroup
	up.Go(func() {
		_, _ = io.Copy(far, from)
		closeWrite(far)
	})
	_, _ = io.Copy(client, far)
	closeWrite(client)
	up.Wait()
}

// tunnel answers a CONNECT and relays.
func (p *Proxy) tunnel(client net.Conn, from io.Reader, target string) {
	far, err := p.dial(target)
	if err != nil {
		refuse(client, http.StatusBadGateway)
		return
	}
	if _, err := io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		p.drop(far)
		return
	}
	p.relay(client, from, far)
}

// forward sends a plain request on, one connection each, and reports whether
// the client's connection may be used again.
func (p *Proxy) forward(client net.Conn, r *http.Request) bool {
	host := r.URL.Host
	if r.URL.Port() == "" {
		host = net.JoinHostPort(r.URL.Hostname(), "80")
	}
	far, err := p.dial(host)
	if err != nil {
		return refuse(client, http.StatusBadGateway)
	}
	defer p.drop(far)
	r.Header.Del("Proxy-Authorization")
	r.Header.Del("Proxy-Connection")
	return exchange(client, r, far) == nil && !r.Close
}

// exchange sends the request to the far side and its answer to the client.
func exchange(client net.Conn, r *http.Request, far net.Conn) error {
	if r.Header.Get("User-Agent") == "" {
		r.Header["User-Agent"] = []string{""} // keeps Write from adding Go's
	}
	r.Header.Del("Expect") // the body comes at once, so there is nothing to wait for
	if err := r.Write(far); err != nil {
		return err
	}
	answer, err := http.ReadResponse(bufio.NewReader(far), r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	return answer.Write(client)
}

func closeWrite(c net.Conn) {
	if half, ok := c.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
}
