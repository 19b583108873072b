package testserver

import (
	"bufio"
	"cmp"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
)

// ProxyConfig says how an HTTP proxy behaves. The zero value lets everything
// through.
type ProxyConfig struct {
	Auth   bool  // ask for Basic credentials, [User] and [Password]
	TLS    bool  // speak TLS to the client: an HTTPS proxy
	Refuse int   // answer every request with this status
	Gate   *Gate // hold each request here before it is answered
}

// A Proxy is an HTTP proxy for CONNECT and for plain http URLs. Whatever host a
// client names, the proxy goes to the port of that number on 127.0.0.1, so no
// test reaches a network and any name works.
type Proxy struct {
	*peer
	Authority *Authority // issuer of the proxy's certificate; nil without TLS
	config    ProxyConfig
	mu        sync.Mutex
	passed    []Passed
}

// Passed is a request as it came to a proxy.
type Passed struct {
	Method string
	Target string // host:port for CONNECT, else the URL
	Header http.Header
}

// NewProxy starts a proxy that is closed when the test ends.
func NewProxy(tb TB, config ProxyConfig) *Proxy {
	tb.Helper()
	p := &Proxy{config: config}
	var t *tls.Config
	if config.TLS {
		var err error
		if p.Authority, t, err = serverTLS(); err != nil {
			tb.Fatalf("%v", err)
		}
	}
	p.peer = newPeer(tb, false, t)
	p.start(p.serve)
	return p
}

// URL returns the proxy's URL, as CURLOPT_PROXY takes it.
func (p *Proxy) URL() string {
	if p.Authority != nil {
		return "https://" + p.Addr()
	}
	return "http://" + p.Addr()
}

// Passed returns all requests so far, refused ones too.
func (p *Proxy) Passed() []Passed {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.passed)
}

func (p *Proxy) serve(_ int, c net.Conn) {
	reader := bufio.NewReader(c)
	for {
		r, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		p.mu.Lock()
		p.passed = append(p.passed, Passed{r.Method, r.RequestURI, r.Header.Clone()})
		p.mu.Unlock()
		if p.config.Gate != nil && p.config.Gate.Pass(p.ctx) != nil {
			return
		}
		if refusal := p.refusal(r); refusal != 0 {
			_, _ = io.Copy(io.Discard, r.Body)
			if !refuse(c, refusal) {
				return
			}
			continue
		}
		if r.Method == http.MethodConnect {
			p.tunnel(c, reader, r.Host)
			return
		}
		if !p.forward(c, r) {
			return
		}
	}
}

// refusal returns the status that the proxy itself answers with, 0 for none.
func (p *Proxy) refusal(r *http.Request) int {
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte(User+":"+Password))
	if p.config.Auth && r.Header.Get("Proxy-Authorization") != want {
		return http.StatusProxyAuthRequired
	}
	return p.config.Refuse
}

func refuse(c net.Conn, status int) bool {
	challenge := ""
	if status == http.StatusProxyAuthRequired {
		challenge = "Proxy-Authenticate: Basic realm=\"" + realm + "\"\r\n"
	}
	text := cmp.Or(http.StatusText(status), "Refused")
	_, err := fmt.Fprintf(c, "HTTP/1.1 %d %s\r\n%sContent-Length: 0\r\n\r\n", status, text, challenge)
	return err == nil
}
