//go:build linux

package protocols

import (
	"crypto/tls"
	"io"
	"net"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// behindTLS puts TLS before a server that has none, and returns where, and whom to trust.
func (p *peer) behindTLS(plain string) (address string, trust opt.Option) {
	p.t.Helper()
	cert, key, trust := p.certificate()
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		p.t.Fatal(err)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { l.Close() })
	p.running.Go(func() {
		for {
			outer, err := l.Accept()
			if err != nil {
				return
			}
			inner, err := net.Dial("tcp", plain)
			if err != nil {
				outer.Close()
				continue
			}
			p.running.Go(func() {
				_, _ = io.Copy(inner, outer)
				inner.(*net.TCPConn).CloseWrite()
			})
			p.running.Go(func() {
				_, _ = io.Copy(outer, inner)
				outer.Close()
				inner.Close()
			})
		}
	})
	return l.Addr().String(), trust
}
