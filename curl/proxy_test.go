package curl_test

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

var proxyVariables = []string{
	"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ftp_proxy", "FTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
}

// environment sets these variables and no other proxy variable.
func environment(t *testing.T, set map[string]string) {
	t.Helper()
	for _, name := range proxyVariables {
		t.Setenv(name, "") // restored after the test
		os.Unsetenv(name)
		if value, ok := set[name]; ok {
			os.Setenv(name, value)
		}
	}
}

// trip performs a transfer and says whether it went through the proxy.
func trip(t *testing.T, h *curl.Easy, p *testserver.Proxy) bool {
	t.Helper()
	before := len(p.Passed())
	if err := h.Perform(t.Context()); err != nil {
		t.Error(err)
	}
	return len(p.Passed()) > before
}

func TestProxyVariables(t *testing.T) {
	plain := testserver.NewHTTP(t, testserver.HTTPConfig{})
	secure := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	for _, c := range []struct {
		url, variables string
		want           bool
	}{
		{"http", "", false},
		{"http", "http_proxy", true},
		{"http", "HTTP_PROXY", false}, // a CGI server sets it from a request header
		{"http", "https_proxy HTTPS_PROXY", false},
		{"http", "all_proxy", true},
		{"http", "ALL_PROXY", true},
		{"http", "http_proxy no_proxy", false},
		{"http", "http_proxy NO_PROXY", false},
		{"https", "https_proxy", true},
		{"https", "HTTPS_PROXY", true},
		{"https", "http_proxy HTTP_PROXY", false},
		{"https", "all_proxy", true},
		{"https", "HTTPS_PROXY NO_PROXY", false},
		{"", "http_proxy", true}, // a URL without a scheme
		{"HTTP", "http_proxy", true},
		{"https:/", "https_proxy", true}, // libcurl is content with one slash
		{"https:/", "http_proxy", false},
	} {
		t.Run(c.url+" with "+c.variables, func(t *testing.T) {
			p := testserver.NewProxy(t, testserver.ProxyConfig{})
			set := map[string]string{}
			for _, name := range strings.Fields(c.variables) {
				set[name] = p.URL()
				if strings.EqualFold(name, "no_proxy") {
					set[name] = "other.example,127.0.0.1"
				}
			}
			environment(t, set)
			url := plain.URL("/?from=http://elsewhere.example/")
			switch c.url {
			case "https":
				url = secure.URL("/")
			case "https:/":
				url = strings.Replace(secure.URL("/"), "://", ":/", 1)
			case "":
				url = strings.TrimPrefix(url, "http://")
			case "HTTP":
				url = "HTTP" + strings.TrimPrefix(url, "http")
			}
			h := newHandle(t, opt.URL(url), opt.SSLVerifyPeer(false), opt.SSLVerifyHost(false))
			if got := trip(t, h, p); got != c.want {
				t.Errorf("through the proxy: %v", got)
			}
		})
	}
}

func TestProxyOptionsWinOverVariables(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	env, own := testserver.NewProxy(t, testserver.ProxyConfig{}), testserver.NewProxy(t, testserver.ProxyConfig{})
	environment(t, map[string]string{"http_proxy": env.URL(), "no_proxy": "other.example"})
	h := newHandle(t, opt.URL(s.URL("/")))
	expect := func(step string, h *curl.Easy, viaEnv, viaOwn bool) {
		t.Helper()
		before := len(own.Passed())
		if got := trip(t, h, env); got != viaEnv || (len(own.Passed()) > before) != viaOwn {
			t.Errorf("%s: through the environment's proxy: %v", step, got)
		}
	}
	expect("nothing set", h, true, false)
	set(t, h, opt.Proxy(own.URL()))
	expect("Proxy", h, false, true)
	clone, err := h.Clone()
	if err != nil {
		t.Fatal(err)
	}
	defer clone.Close()
	expect("a clone", clone, false, true)
	set(t, h, opt.Proxy(""))
	expect("no proxy at all", h, false, false)
	h.Unset(opt.IDProxy)
	expect("Unset", h, true, false)
	set(t, h, opt.NoProxy("127.0.0.1"))
	expect("NoProxy", h, false, false)
	set(t, h, opt.NoProxy("*"), opt.Proxy(own.URL()))
	expect("NoProxy and Proxy", h, false, false)
	h.Reset()
	set(t, h, opt.URL(s.URL("/")))
	expect("Reset", h, true, false)
	os.Setenv("http_proxy", own.URL())
	expect("the variable changed", h, false, true)
	os.Setenv("no_proxy", "127.0.0.1")
	expect("the exceptions changed", h, false, false)
}

// With a PRE_PROXY libcurl does not look at the environment, and neither do we.
func TestPreProxyLeavesTheEnvironmentAlone(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	env, socks := testserver.NewProxy(t, testserver.ProxyConfig{}), testserver.NewSOCKS(t, testserver.SOCKSConfig{})
	environment(t, map[string]string{"http_proxy": env.URL()})
	h := newHandle(t, opt.URL(s.URL("/")), opt.PreProxy("socks5h://"+socks.Addr()))
	if trip(t, h, env) {
		t.Error("went through the environment's proxy")
	}
	if err := h.Unset(opt.IDPreProxy); err != nil || !trip(t, h, env) {
		t.Errorf("after Unset the environment counts again; %v", err)
	}
}

// libcurl alone would look again when the scheme changes; our choice for the first URL holds for all redirects.
func TestTheProxyOfTheFirstURLServesItsRedirects(t *testing.T) {
	secure := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	plain := testserver.NewHTTP(t, testserver.HTTPConfig{})
	first, second := testserver.NewProxy(t, testserver.ProxyConfig{}), testserver.NewProxy(t, testserver.ProxyConfig{})
	environment(t, map[string]string{"http_proxy": first.URL(), "https_proxy": second.URL()})
	h := newHandle(t, opt.URL(plain.URL("/reply?status=302&header=Location:"+secure.URL("/"))), opt.FollowLocation(true),
		opt.SSLVerifyPeer(false), opt.SSLVerifyHost(false))
	if !trip(t, h, first) || len(first.Passed()) != 2 || first.Passed()[1].Method != "CONNECT" || len(second.Passed()) != 0 {
		t.Errorf("first proxy: %+v, second: %+v", first.Passed(), second.Passed())
	}
}

// libcurl's getenv would race with this.
func TestProxyVariablesChangeWhileTransfersRun(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	p := testserver.NewProxy(t, testserver.ProxyConfig{})
	environment(t, nil)
	stop := make(chan struct{})
	var changing, running sync.WaitGroup
	changing.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				os.Setenv("http_proxy", []string{p.URL(), ""}[i%2])
				os.Setenv("no_proxy", "other.example"+strconv.Itoa(i%100))
				os.Setenv("GOCURL_TEST_GROWS", strings.Repeat("x", i%1000)) // makes C's environment move
			}
		}
	})
	for range 4 {
		running.Go(func() {
			h := newHandle(t, opt.URL(s.URL("/")))
			for range 50 {
				if err := h.Perform(t.Context()); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	running.Wait()
	close(stop)
	changing.Wait()
	os.Unsetenv("GOCURL_TEST_GROWS")
}
