package testserver_test

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

func TestHTTPSpeaksWhatItsConfigSays(t *testing.T) {
	for name, test := range map[string]struct {
		config testserver.HTTPConfig
		proto  string
		prefix string
	}{
		"cleartext": {testserver.HTTPConfig{}, "HTTP/1.1", "http://127.0.0.1:"},
		"h2":        {testserver.HTTPConfig{TLS: true}, "HTTP/2.0", "https://127.0.0.1:"},
		"tls h1":    {testserver.HTTPConfig{TLS: true, HTTP1Only: true}, "HTTP/1.1", "https://127.0.0.1:"},
		"tls 1.2": {testserver.HTTPConfig{TLS: true, TuneTLS: func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 }},
			"HTTP/2.0", "https://127.0.0.1:"},
	} {
		t.Run(name, func(t *testing.T) {
			testserver.CheckGoroutines(t)
			s := testserver.NewHTTP(t, test.config)
			if url := s.URL("/"); !strings.HasPrefix(url, test.prefix) {
				t.Errorf("URL is %q, want it to start with %q", url, test.prefix)
			}
			resp, body := get(t, client(t, s), s.URL("/?x=1"))
			if resp.Proto != test.proto || body != "hello\n" {
				t.Errorf("got %q over %s, want hello over %s", body, resp.Proto, test.proto)
			}
			noted := s.Requests()
			if len(noted) != 1 || noted[0].Method != "GET" || noted[0].URI != "/?x=1" || noted[0].Proto != test.proto {
				t.Errorf("noted %+v", noted)
			}
			if (noted[0].TLS != nil) != test.config.TLS {
				t.Errorf("noted TLS %v, config has %v", noted[0].TLS, test.config.TLS)
			}
			if s.Connections() != 1 {
				t.Errorf("%d connections, want 1", s.Connections())
			}
		})
	}
}

func TestHTTPSpeaksCleartextHTTP2WithPriorKnowledge(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{H2C: true})
	c := client(t, s)
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	c.Transport.(*http.Transport).Protocols = protocols
	if resp, _ := get(t, c, s.URL("/")); resp.ProtoMajor != 2 {
		t.Errorf("got %s, want HTTP/2", resp.Proto)
	}
}

func TestHTTPListensElsewhere(t *testing.T) {
	t.Run("IPv6", func(t *testing.T) {
		if l, err := net.Listen("tcp", "[::1]:0"); err != nil {
			t.Skipf("no IPv6 on loopback: %v", err)
		} else {
			_ = l.Close()
		}
		s := testserver.NewHTTP(t, testserver.HTTPConfig{IPv6: true})
		if !strings.HasPrefix(s.Addr(), "[::1]:") {
			t.Errorf("listens on %s", s.Addr())
		}
		get(t, client(t, s), s.URL("/"))
	})
	t.Run("Unix socket", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "s")
		s := testserver.NewHTTP(t, testserver.HTTPConfig{Unix: path})
		c := client(t, s)
		c.Transport.(*http.Transport).DialContext = func(context.Context, string, string) (net.Conn, error) {
			return net.Dial("unix", s.Addr())
		}
		if _, body := get(t, c, s.URL("/")); body != "hello\n" {
			t.Errorf("got %q", body)
		}
	})
}

func TestHTTPDemandsAClientCertificate(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, ClientCert: true})
	c := client(t, s)
	if resp, err := c.Do(request(t, http.MethodGet, s.URL("/"), nil)); err == nil {
		_ = resp.Body.Close()
		t.Fatal("answered a client without a certificate")
	}
	cert, err := s.Authority.Issue("the client")
	if err != nil {
		t.Fatal(err)
	}
	c.Transport.(*http.Transport).TLSClientConfig.Certificates = []tls.Certificate{cert}
	get(t, c, s.URL("/"))
	if name := s.Requests()[0].TLS.PeerCertificates[0].Subject.CommonName; name != "the client" {
		t.Errorf("the server saw a certificate for %q", name)
	}
}

func TestHTTPServesRoutesOfTheTest(t *testing.T) {
	own := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(r.URL.Path)) })
	s := testserver.NewHTTP(t, testserver.HTTPConfig{Handler: own})
	if _, body := get(t, client(t, s), s.URL("/own/thing")); body != "/own/thing" {
		t.Errorf("got %q", body)
	}
}

func TestHTTPNotesTheLatestRequests(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	c := client(t, s)
	const n = 2050
	for range n {
		get(t, c, s.URL("/"))
	}
	await(t, "all requests", s.Requested(n))
	if got := len(s.Requests()); s.Served() != n || got < 1000 || got > 2000 {
		t.Errorf("served %d and noted %d, want %d and 1000 to 2000", s.Served(), got, n)
	}
	if s.Connections() != 1 {
		t.Errorf("%d connections for requests one after the other", s.Connections())
	}
}
