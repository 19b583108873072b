package curl_test

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestHTTPProxy(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	p := testserver.NewProxy(t, testserver.ProxyConfig{Auth: true})
	h := handleWith(t, opt.URL(s.URL("/")), opt.Proxy(p.URL()), opt.ProxyUserPassword(testserver.User+":"+testserver.Password))
	arrives(t, h, "hello\n")
	wantInfo(t, h, info.UsedProxy, true)
	wantInfo(t, h, info.PrimaryPort, uint16(p.Port()))
	if olderThan(t, 0x080c00) || !olderThan(t, 0x081500) { // in between, 8.14.1 says AuthNone
		wantInfo(t, h, info.ProxyAuthUsed, info.AuthBasic)
	}
	if err := h.Set(opt.ProxyUserPassword("")); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Fetch(bounded(t)); err != nil {
		t.Fatal(err)
	}
	wantInfo(t, h, info.ResponseCode, 407)
	wantInfo(t, h, info.ProxyAuthAvailable, info.AuthBasic)
	if n := len(p.Passed()); n != 2 {
		t.Errorf("%d requests at the proxy", n)
	}
}

func TestTunnel(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	p := testserver.NewProxy(t, testserver.ProxyConfig{Auth: true})
	h := handleWith(t, opt.URL(s.URL("/")), opt.Proxy(p.URL()), opt.CAInfo(s.CAFile(t)),
		opt.ProxyUsername(testserver.User), opt.ProxyPassword(testserver.Password))
	arrives(t, h, "hello\n")
	wantInfo(t, h, info.HTTPConnectCode, 200)
	wantInfo(t, h, info.ResponseCode, 200)

	p = testserver.NewProxy(t, testserver.ProxyConfig{Refuse: 403})
	if err := h.Set(opt.Proxy(p.URL())); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(bounded(t)); err == nil {
		t.Error("passed a proxy that refuses")
	}
	wantInfo(t, h, info.HTTPConnectCode, 403)
}

func TestSOCKSProxy(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	p := testserver.NewSOCKS(t, testserver.SOCKSConfig{Auth: true})
	h := handleWith(t, opt.URL(s.URL("/")), opt.Proxy(p.Addr()), opt.ProxyType(opt.ProxySOCKS5h),
		opt.ProxyUsername(testserver.User), opt.ProxyPassword(testserver.Password))
	arrives(t, h, "hello\n")
	wantInfo(t, h, info.UsedProxy, true)
	wantInfo(t, h, info.ProxyError, codes.ProxyOK)
	if targets := p.Targets(); len(targets) != 1 || targets[0] != s.Addr() {
		t.Errorf("%q", targets)
	}
}

// AuthOnly requires a login of the proxy. Before 8.23.0 libcurl knew no such thing: 7.88.1 took it and went on without a login.
func TestSOCKSProxyHasToAskForALogin(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	open, asking := testserver.NewSOCKS(t, testserver.SOCKSConfig{}), testserver.NewSOCKS(t, testserver.SOCKSConfig{Auth: true})
	h := handleWith(t, opt.URL(s.URL("/")), opt.ProxyUsername(testserver.User), opt.ProxyPassword(testserver.Password))
	err := h.Set(opt.SOCKS5Auth(opt.AuthBasic | opt.AuthOnly))
	if olderThan(t, 0x081700) {
		var old *curl.UnsupportedError
		if !errors.As(err, &old) || old.What != "CURLAUTH_ONLY" || old.Need != "8.23.0" {
			t.Errorf("Set: %v", err)
		}
		setAll(t, h, opt.SOCKS5Auth(opt.AuthBasic), opt.Proxy("socks5://"+open.Addr()))
		arrives(t, h, "hello\n")
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	setAll(t, h, opt.Proxy("socks5://"+open.Addr()))
	fails(t, h, codes.ProxyHandshake)
	setAll(t, h, opt.Proxy("socks5://"+asking.Addr()))
	arrives(t, h, "hello\n")
	if n := s.Connections(); n != 1 {
		t.Errorf("%d connections came through", n)
	}
}

func TestSOCKSProxyRefuses(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for reply, want := range map[byte]codes.Proxy{
		1: codes.ProxyReplyGeneralServerFailure, 2: codes.ProxyReplyNotAllowed, 5: codes.ProxyReplyConnectionRefused,
	} {
		p := testserver.NewSOCKS(t, testserver.SOCKSConfig{Reply: reply})
		h := handleWith(t, opt.URL(s.URL("/")), opt.Proxy("socks5://"+p.Addr()))
		fails(t, h, codes.ProxyHandshake)
		wantInfo(t, h, info.ProxyError, want)
	}
	if n := s.Connections(); n != 0 {
		t.Errorf("%d connections came through", n)
	}
}

// TestEngineTunnelsAreOfOneLogin: libcurl before 8.21.0 let everybody on the engine through the tunnel that a proxy had granted
// to one.
func TestEngineTunnelsAreOfOneLogin(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	p := testserver.NewProxy(t, testserver.ProxyConfig{Auth: true})
	g := newEngine(t, curl.EngineConfig{})
	through := func(options ...opt.Option) *curl.Easy {
		t.Helper()
		return engineHandle(t, g, append(options, opt.URL(s.URL("/")), opt.NoProxy(""), opt.HTTPProxyTunnel(true))...)
	}
	at := p.URL()
	right, wrong := testserver.User+":"+testserver.Password, testserver.User+":wrong"
	for _, h := range []*curl.Easy{
		through(opt.Proxy(at), opt.ProxyUserPassword(right)),
		through(opt.Proxy(at), opt.ProxyUsername(testserver.User), opt.ProxyPassword(testserver.Password)),
		through(opt.Proxy("http://" + right + "@" + p.Addr())),
	} {
		arrives(t, h, "hello\n")
		for name, other := range map[string]*curl.Easy{
			"a wrong login":            through(opt.Proxy(at), opt.ProxyUserPassword(wrong)),
			"no login":                 through(opt.Proxy(at)),
			"a wrong login in the URL": through(opt.Proxy("http://" + wrong + "@" + p.Addr())),
		} {
			err := other.Perform(bounded(t))
			if code, _ := curl.Info(other, info.HTTPConnectCode); err == nil || code != 407 {
				t.Errorf("with %s: %d, %v", name, code, err)
			}
		}
		arrives(t, h, "hello\n")
	}
}
