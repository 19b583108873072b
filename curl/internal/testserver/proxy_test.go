package testserver_test

import (
	"crypto/tls"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// through returns a client of s that uses a proxy.
func through(t *testing.T, s *testserver.HTTP, proxy string, user *url.Userinfo) *http.Client {
	t.Helper()
	u, err := url.Parse(proxy)
	if err != nil {
		t.Fatal(err)
	}
	u.User = user
	c := client(t, s)
	c.Transport.(*http.Transport).Proxy = http.ProxyURL(u)
	return c
}

func TestProxyPassesPlainRequests(t *testing.T) {
	testserver.CheckGoroutines(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	p := testserver.NewProxy(t, testserver.ProxyConfig{})
	c := through(t, s, p.URL(), nil)
	target := "http://any.test:" + strconv.Itoa(s.Port()) + "/echo-body"
	for range 2 {
		if _, body, err := do(t, c, request(t, http.MethodPost, target, strings.NewReader("hi"))); body != "hi" {
			t.Errorf("got %q, %v", body, err)
		}
	}
	passed := p.Passed()
	if len(passed) != 2 || passed[0].Method != http.MethodPost || passed[0].Target != target {
		t.Errorf("the proxy saw %+v", passed)
	}
	if p.Connections() != 1 {
		t.Errorf("%d connections to the proxy, want 1", p.Connections())
	}
	if noted := s.Requests(); noted[0].Host != "any.test:"+strconv.Itoa(s.Port()) {
		t.Errorf("the server saw %+v", noted[0])
	}
}

func TestProxyTunnels(t *testing.T) {
	testserver.CheckGoroutines(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	p := testserver.NewProxy(t, testserver.ProxyConfig{})
	target := "any." + testserver.ServerName + ":" + strconv.Itoa(s.Port())
	resp, body := get(t, through(t, s, p.URL(), nil), "https://"+target+"/bytes/100000")
	if len(body) != 100000 || resp.ProtoMajor != 2 {
		t.Errorf("got %d bytes over %s", len(body), resp.Proto)
	}
	if passed := p.Passed(); len(passed) != 1 || passed[0].Method != http.MethodConnect || passed[0].Target != target {
		t.Errorf("the proxy saw %+v", passed)
	}
}

func TestProxySpeaksTLS(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	p := testserver.NewProxy(t, testserver.ProxyConfig{TLS: true})
	c := through(t, s, p.URL(), nil)
	c.Transport.(*http.Transport).TLSClientConfig = &tls.Config{RootCAs: p.Authority.Pool(), ServerName: testserver.ServerName}
	if _, body := get(t, c, s.URL("/")); body != "hello\n" {
		t.Errorf("got %q", body)
	}
}

func TestProxyRefuses(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	asking := testserver.NewProxy(t, testserver.ProxyConfig{Auth: true})
	resp, _ := get(t, through(t, s, asking.URL(), nil), s.URL("/"))
	if resp.StatusCode != http.StatusProxyAuthRequired || resp.Header.Get("Proxy-Authenticate") == "" {
		t.Errorf("without credentials: %s %v", resp.Status, resp.Header)
	}
	right := url.UserPassword(testserver.User, testserver.Password)
	if _, body := get(t, through(t, s, asking.URL(), right), s.URL("/")); body != "hello\n" {
		t.Errorf("with credentials: %q", body)
	}
	if s.Served() != 1 || s.Requests()[0].Header.Get("Proxy-Authorization") != "" {
		t.Errorf("the server saw %+v", s.Requests())
	}
	never := testserver.NewProxy(t, testserver.ProxyConfig{Refuse: http.StatusForbidden})
	if resp, _ := get(t, through(t, s, never.URL(), nil), s.URL("/")); resp.StatusCode != http.StatusForbidden {
		t.Errorf("a refusing proxy: %s", resp.Status)
	}
	if resp, _ := get(t, through(t, s, asking.URL(), right), "http://127.0.0.1:1/"); resp.StatusCode != http.StatusBadGateway {
		t.Errorf("nobody there: %s", resp.Status)
	}
}

func TestProxyCloseEndsWhatWaitsAtItsGate(t *testing.T) {
	testserver.CheckGoroutines(t)
	gate := testserver.NewGate()
	p := testserver.NewProxy(t, testserver.ProxyConfig{Gate: gate})
	c := dial(t, p.Addr())
	if _, err := c.Write([]byte("CONNECT x.test:1 HTTP/1.1\r\nHost: x.test:1\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	await(t, "the gate", gate.Arrived(1))
	p.Close()
}
