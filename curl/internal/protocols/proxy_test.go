package protocols

import (
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// origins are what lies behind the proxies.
type origins struct{ plain, secret *testserver.HTTP }

// named is a URL whose host has to be looked up, by the proxy where that is what it does.
func named(url string) string { return strings.Replace(url, "127.0.0.1", "localhost", 1) }

func newOrigins(t *testing.T) origins {
	return origins{testserver.NewHTTP(t, testserver.HTTPConfig{}), testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})}
}

// through fetches from both origins, and has the proxy refuse a wrong password.
func (o origins) through(t *testing.T, kind, server string, denied []codes.Easy, wrong string, options ...opt.Option) {
	t.Helper()
	try(t, kind, server, "HTTP", func(t *testing.T) {
		h := handle(t, with(options, opt.URL(named(o.plain.URL("/bytes/100000"))), opt.IPResolve(opt.IPFamilyV4))...)
		arrives(t, h, string(testserver.PatternBytes(100_000)))
		arrives(t, h, string(testserver.PatternBytes(100_000)))
	})
	try(t, kind, server, "HTTPS in a tunnel", func(t *testing.T) {
		h := handle(t, with(options, opt.URL(named(o.secret.URL("/"))), opt.IPResolve(opt.IPFamilyV4), opt.CAInfo(o.secret.CAFile(t)))...)
		arrives(t, h, "hello\n")
	})
	if wrong != "" {
		try(t, kind, server, "wrong password", func(t *testing.T) {
			h := handle(t, with(options, opt.URL(o.plain.URL("/")), opt.ProxyUserPassword(wrong))...)
			if denied != nil {
				fails(t, h, denied...)
				return
			}
			fetched(t, h)
			if status, err := curl.Info(h, info.ResponseCode); err != nil || status != 407 && status != 401 { // which tinyproxy says
				t.Errorf("status %d, %v", status, err)
			}
		})
	}
}

func TestHTTPProxy(t *testing.T) {
	t.Parallel()
	bin, o, port := need(t, "tinyproxy"), newOrigins(t), freePorts(t, 1)[0]
	conf := write(t, openDir(t), "conf", "Port "+strconv.Itoa(port), "Listen 127.0.0.1", "Allow 127.0.0.1", "BasicAuth user secret", "Timeout 60")
	daemon(t, exec.Command(bin[0], "-d", "-c", conf), port)
	o.through(t, "HTTP proxy", "tinyproxy", nil, "user:wrong",
		opt.Proxy("http://"+address(port)), opt.ProxyUserPassword("user:secret"))
}

func TestHTTPSProxy(t *testing.T) {
	t.Parallel()
	bin := need(t, "squid", "basic_ncsa_auth")
	o, id, dir, port := newOrigins(t), newIdentity(t), openDir(t), freePorts(t, 1)[0]
	// The hash is of "secret": SHA-512 in the form of crypt.
	users := write(t, dir, "users", "user:$6$gocurl$Mb3FzUNE2loY9oKOUGTPz3QIRD8lqU8sbDUlGtFaxjU47UFlZzgdeEHT7sbG0TRAH.vWaSRU8Qe/Pqt1eduvz0")
	conf := write(t, dir, "conf", fmt.Sprintf("https_port 127.0.0.1:%d tls-cert=%s tls-key=%s", port, id.cert, id.key),
		"auth_param basic program "+bin[1]+" "+users, "auth_param basic children 1", "acl known proxy_auth REQUIRED",
		"http_access allow known", "http_access deny all", "cache deny all", "pid_filename none", "coredump_dir "+dir,
		"access_log none", "cache_log "+dir+"/cache.log", "cache_store_log none", "shutdown_lifetime 1 second",
		"netdb_filename none", "visible_hostname localhost", "pinger_enable off")
	daemon(t, exec.Command(bin[0], "-N", "-f", conf), port)
	o.through(t, "HTTPS proxy", "Squid", nil, "user:wrong",
		opt.Proxy("https://localhost:"+strconv.Itoa(port)), opt.ProxyCAInfo(id.ca), opt.ProxyUserPassword("user:secret"))
}

func TestSOCKS(t *testing.T) {
	t.Parallel()
	bin, o, dir, port := need(t, "danted"), newOrigins(t), openDir(t), freePorts(t, 1)[0]
	conf := write(t, dir, "conf", "logoutput: stderr", "internal: 127.0.0.1 port = "+strconv.Itoa(port), "external: 127.0.0.1",
		"clientmethod: none", "socksmethod: none", "user.privileged: "+whoami(t), "user.unprivileged: nobody",
		"client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }", "socks pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }")
	daemon(t, exec.Command(bin[0], "-f", conf, "-p", dir+"/pid"), port)
	for kind, proxy := range map[string]opt.ProxyKind{"SOCKS4 proxy": opt.ProxySOCKS4, "SOCKS5 proxy": opt.ProxySOCKS5,
		"SOCKS5h proxy": opt.ProxySOCKS5h} {
		o.through(t, kind, "Dante", nil, "", opt.Proxy(address(port)), opt.ProxyType(proxy))
	}
}

func TestSOCKSPassword(t *testing.T) {
	t.Parallel()
	bin, o, port := need(t, "microsocks"), newOrigins(t), freePorts(t, 1)[0]
	daemon(t, exec.Command(bin[0], "-i", "127.0.0.1", "-p", strconv.Itoa(port), "-u", "user", "-P", "secret"), port)
	for kind, proxy := range map[string]opt.ProxyKind{"SOCKS5 proxy": opt.ProxySOCKS5, "SOCKS5h proxy": opt.ProxySOCKS5h} {
		o.through(t, kind, "microsocks", []codes.Easy{codes.ProxyHandshake}, "user:wrong", opt.Proxy(address(port)),
			opt.ProxyType(proxy), opt.ProxyUserPassword("user:secret"))
	}
}

// Dante does not know 4a, the form of SOCKS 4 in which the proxy looks names up; an SSH client that forwards does.
func TestSOCKS4a(t *testing.T) {
	t.Parallel()
	bin, s, o, port := need(t, "ssh"), startSSH(t), newOrigins(t), freePorts(t, 1)[0]
	daemon(t, exec.Command(bin[0], "-F", "none", "-N", "-D", address(port), "-p", strconv.Itoa(s.port), "-i", s.userKey,
		"-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", s.user+"@127.0.0.1"), port)
	o.through(t, "SOCKS4a proxy", "OpenSSH", nil, "", opt.Proxy(address(port)), opt.ProxyType(opt.ProxySOCKS4a))
}

func whoami(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("id", "-un").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
