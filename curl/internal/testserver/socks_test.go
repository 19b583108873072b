package testserver_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

func TestSOCKSRelays(t *testing.T) {
	testserver.CheckGoroutines(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, test := range map[string]struct {
		config testserver.SOCKSConfig
		user   *url.Userinfo
	}{
		"open":   {testserver.SOCKSConfig{}, nil},
		"asking": {testserver.SOCKSConfig{Auth: true}, url.UserPassword(testserver.User, testserver.Password)},
	} {
		p := testserver.NewSOCKS(t, test.config)
		c := through(t, s, "socks5://"+p.Addr(), test.user)
		port := strconv.Itoa(s.Port())
		var targets []string
		for _, host := range []string{"any.test:" + port, "127.0.0.1:" + port, "[::1]:" + port} {
			if _, body := get(t, c, "http://"+host+"/bytes/100000"); len(body) != 100000 {
				t.Errorf("%s, %s: got %d bytes", name, host, len(body))
			}
			targets = append(targets, host)
		}
		if !slices.Equal(p.Targets(), targets) {
			t.Errorf("%s: targets %q, want %q", name, p.Targets(), targets)
		}
	}
}

func TestSOCKSRefuses(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, test := range map[string]struct {
		config testserver.SOCKSConfig
		user   *url.Userinfo
		want   string
	}{
		"no method":      {testserver.SOCKSConfig{NoMethod: true}, nil, "no acceptable authentication methods"},
		"no credentials": {testserver.SOCKSConfig{Auth: true}, nil, "no acceptable authentication methods"},
		"wrong password": {testserver.SOCKSConfig{Auth: true}, url.UserPassword("x", "y"), "username/password authentication failed"},
		"reply 5":        {testserver.SOCKSConfig{Reply: 5}, nil, "connection refused"},
		"reply 2":        {testserver.SOCKSConfig{Reply: 2}, nil, "connection not allowed by ruleset"},
	} {
		t.Run(name, func(t *testing.T) {
			p := testserver.NewSOCKS(t, test.config)
			c := through(t, s, "socks5://"+p.Addr(), test.user)
			resp, err := c.Do(request(t, http.MethodGet, s.URL("/"), nil))
			if err == nil {
				_ = resp.Body.Close()
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestSOCKSHoldsARequest(t *testing.T) {
	testserver.CheckGoroutines(t)
	gate := testserver.NewGate()
	p := testserver.NewSOCKS(t, testserver.SOCKSConfig{Gate: gate})
	c := dial(t, p.Addr())
	if _, err := c.Write([]byte("\x05\x01\x00\x05\x01\x00\x03\x06x.test\x00\x50")); err != nil {
		t.Fatal(err)
	}
	await(t, "the gate", gate.Arrived(1))
	if got := p.Targets(); !slices.Equal(got, []string{"x.test:80"}) {
		t.Errorf("targets %q", got)
	}
}
