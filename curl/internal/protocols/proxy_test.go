//go:build linux

package protocols

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func proxyRows() []row {
	tiny := maker(func(t *testing.T) *site { return tinyproxySite(t, false) })
	rows := []row{{"HTTP proxy", []string{"http", "https"}, "Tinyproxy", []string{"tinyproxy"}, false, []try{
		{"download", tiny.throughProxy}, {"tunnel", tiny.throughTunnel}, {"wrong password", tiny.wrongProxy},
		{"proxy gone half-way", tiny.proxyGone},
	}}}
	secure := maker(func(t *testing.T) *site { return tinyproxySite(t, true) })
	rows = append(rows, row{"HTTPS proxy", []string{"http", "https", "HTTPS-proxy"}, "Tinyproxy behind TLS of Go's", []string{"tinyproxy"}, false, []try{
		{"download", secure.throughProxy}, {"tunnel", secure.throughTunnel}, {"wrong password", secure.wrongProxy},
		{"proxy gone half-way", secure.proxyGone},
	}})
	for _, scheme := range []string{"socks5", "socks5h"} {
		m := maker(func(t *testing.T) *site { return microsocksSite(t, scheme) })
		rows = append(rows, row{map[string]string{"socks5": "SOCKS5 proxy", "socks5h": "SOCKS5 proxy that resolves"}[scheme],
			[]string{"http", "https"}, "MicroSocks", []string{"microsocks"}, false, []try{
				{"download", m.throughProxy}, {"TLS", m.throughTunnel}, {"wrong password", m.wrongSOCKS},
				{"proxy gone half-way", m.proxyGone},
			}})
	}
	dante, ssh := maker(danteSite), maker(forwardSite)
	return append(rows, row{"SOCKS4 proxy", []string{"http", "https"}, "Dante", []string{"/usr/sbin/danted"}, true, []try{
		{"download", dante.throughProxy}, {"TLS", dante.throughTunnel}, {"proxy gone half-way", dante.proxyGone},
	}}, row{"SOCKS4a proxy", []string{"http", "https"}, "OpenSSH's ssh", []string{"ssh", "/usr/sbin/sshd", "ssh-keygen"}, true, []try{
		{"download", ssh.throughProxy}, {"TLS", ssh.throughTunnel}, {"proxy gone half-way", ssh.proxyGone},
	}})
}

// forwardSite is an SSH client that forwards. Debian's Dante does not know SOCKS4a: it takes the address that stands for
// a name there for one.
func forwardSite(t *testing.T) *site {
	p, server := startSSH(t)
	address := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	_, port, _ := strings.Cut(server, ":")
	p.daemon(address, "ssh", "-F", "none", "-N", "-D", address, "-p", port, "-i", p.dir+"/user", "-o", "StrictHostKeyChecking=no",
		"-o", "UserKnownHostsFile=/dev/null", "root@127.0.0.1")
	return &site{peer: p, options: []opt.Option{opt.Proxy("socks4a://" + address), opt.NoProxy("")},
		url: func(url string) string { return named(url, true) }}
}

func danteSite(t *testing.T) *site {
	p := newPeer(t)
	port := freePort(t)
	address := fmt.Sprintf("127.0.0.1:%d", port)
	config := p.file("danted.conf", fmt.Sprintf("logoutput: %s/dante.log\ninternal: 127.0.0.1 port = %d\nexternal: lo\nclientmethod: none\nsocksmethod: none\n"+
		"user.privileged: root\nuser.unprivileged: nobody\nclient pass {\n from: 127.0.0.0/8 to: 0.0.0.0/0\n}\nsocks pass {\n from: 127.0.0.0/8 to: 0.0.0.0/0\n log: error\n}\n",
		p.dir, port))
	p.daemon(address, "/usr/sbin/danted", "-f", config, "-p", p.dir+"/danted.pid")
	return &site{peer: p, options: []opt.Option{opt.Proxy("socks4://" + address), opt.NoProxy("")}, url: func(url string) string { return url }}
}

// named has the target be a name, for a proxy that resolves it.
func named(url string, is bool) string {
	if is {
		return strings.Replace(url, "127.0.0.1", "localhost", 1)
	}
	return url
}

// proxied says that a request goes through the proxy, local as its target is.
func proxied(url string, login string) []opt.Option {
	return []opt.Option{opt.Proxy(url), opt.ProxyUserPassword(login), opt.NoProxy("")}
}

func tinyproxySite(t *testing.T, tls bool) *site {
	p := newPeer(t)
	port := freePort(t)
	address := fmt.Sprintf("127.0.0.1:%d", port)
	config := p.file("tinyproxy.conf", fmt.Sprintf("Port %d\nListen 127.0.0.1\nTimeout 60\nAllow 127.0.0.1\nBasicAuth %s %s\n", port, user, password))
	p.daemon(address, "tinyproxy", "-d", "-c", config)
	proxy, trust := "http://"+address, []opt.Option(nil)
	if tls {
		front, _ := p.behindTLS(address)
		proxy, trust = "https://"+front, []opt.Option{opt.ProxyCAInfo(p.dir + "/ca.pem")}
	}
	return &site{peer: p, options: append(proxied(proxy, user+":"+password), trust...), wrong: append(proxied(proxy, user+":guess"), trust...),
		url: func(url string) string { return url }}
}

func microsocksSite(t *testing.T, scheme string) *site {
	p := newPeer(t)
	port := freePort(t)
	address := fmt.Sprintf("127.0.0.1:%d", port)
	p.daemon(address, "microsocks", "-i", "127.0.0.1", "-p", fmt.Sprint(port), "-u", user, "-P", password)
	return &site{peer: p, options: proxied(scheme+"://"+address, user+":"+password), wrong: proxied(scheme+"://"+address, user+":guess"),
		url: func(url string) string { return named(url, scheme == "socks5h") }}
}

func (m maker) throughProxy(t *testing.T) {
	s, target := m(t), testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handle(t, append(s.options, opt.URL(s.url(target.URL("/bytes/300000"))))...)
	s.gets(h, pattern(300_000))
}

// throughTunnel speaks TLS with the target.
func (m maker) throughTunnel(t *testing.T) {
	s, target := m(t), testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	h := handle(t, append(s.options, opt.URL(s.url(target.URL("/bytes/300000"))), opt.CAInfo(s.file("target.pem", string(target.Authority.PEM()))))...)
	s.gets(h, pattern(300_000))
}

// wrongProxy is told so in an answer, or, when it is to be a tunnel, in an error.
func (m maker) wrongProxy(t *testing.T) {
	s, target := m(t), testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	h := handle(t, append(s.wrong, opt.URL("http://"+target.Addr()+"/"))...)
	if err := h.Perform(patient(t)); err != nil {
		t.Fatal(err)
	}
	// Tinyproxy says 401, as a server would.
	if status, err := curl.Info(h, info.ResponseCode); err != nil || status != 401 && status != 407 {
		t.Errorf("status %d, %v", status, err)
	}
	h = handle(t, append(s.wrong, opt.URL(target.URL("/")))...)
	if err := h.Perform(patient(t)); !errors.Is(err, codes.RecvError) && !errors.Is(err, codes.CouldntConnect) {
		t.Errorf("%v", err)
	}
}

func (m maker) wrongSOCKS(t *testing.T) {
	s, target := m(t), testserver.NewHTTP(t, testserver.HTTPConfig{})
	err := handle(t, append(s.wrong, opt.URL(target.URL("/")))...).Perform(patient(t))
	if !errors.Is(err, codes.ProxyHandshake) && !errors.Is(err, codes.CouldntConnect) { // the latter before 7.73.0 brought the former
		t.Errorf("%v", err)
	}
}

func (m maker) proxyGone(t *testing.T) {
	s, target := m(t), testserver.NewHTTP(t, testserver.HTTPConfig{})
	first := true
	h := handle(t, append(s.options, opt.URL(target.URL(fmt.Sprintf("/bytes/%d", large))), opt.WriteFunction(func([]byte) error {
		if first {
			first = false
			s.gone()
		}
		return nil
	}))...)
	if err := h.Perform(patient(t)); !errors.Is(err, codes.PartialFile) && !errors.Is(err, codes.RecvError) {
		t.Errorf("%v", err)
	}
}
