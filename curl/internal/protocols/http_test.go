//go:build linux

package protocols

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func httpRows() []row {
	nginx := func(what, scheme string, version opt.HTTPVer, want int) row {
		m := maker(func(t *testing.T) *site { return nginxSite(t, scheme, version) })
		return row{what, []string{scheme}, "nginx", []string{"/usr/sbin/nginx"}, false, []try{
			{"download", func(t *testing.T) { m.httpDownload(t, want) }}, {"resume", m.resume}, {"upload", m.upload},
			{"wrong password", m.httpWrong}, {"cancellation", m.cancel}, {"server gone half-way", m.serverGone},
		}}
	}
	caddy := maker(caddySite)
	return []row{
		nginx("HTTP/1.1", "http", opt.HTTPVer1_1, 2),
		nginx("HTTPS", "https", opt.HTTPVer1_1, 2),
		nginx("HTTP/2 over TLS", "https", opt.HTTPVer2TLS, 3),
		{"HTTP/3", []string{"https", "HTTP3"}, "Caddy, with Go's net/http behind it for uploads", []string{"caddy"}, false, []try{
			{"download", func(t *testing.T) { caddy.httpDownload(t, 30) }}, {"resume", caddy.resume}, {"upload", caddy.upload},
			{"wrong password", caddy.httpWrong}, {"cancellation", caddy.cancel}, {"server gone half-way", maker(impatientSite).serverGone},
		}},
	}
}

// caddyUser is user, with password as bcrypt has it.
const caddyUser = user + " $2a$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"

// caddySite is for HTTP/3 alone, and so for UDP; its TCP says when it is there.
func caddySite(t *testing.T) *site {
	p := newPeer(t)
	cert, key, trust := p.certificate()
	port := freePort(t)
	config := p.file("Caddyfile", fmt.Sprintf(`{
admin off
auto_https off
skip_install_trust
storage file_system %[1]s
}
https://localhost:%[2]d {
bind 127.0.0.1
tls %[3]s %[4]s
basicauth {
%[5]s
}
@upload method PUT
reverse_proxy @upload %[6]s
root * %[1]s/files
file_server
}
`, p.dir, port, cert, key, caddyUser, p.keeper()))
	cmd := p.command("caddy", "run", "--config", config, "--adapter", "caddyfile")
	cmd.Env = append(os.Environ(), "HOME="+p.dir, "XDG_CONFIG_HOME="+p.dir, "XDG_DATA_HOME="+p.dir)
	if err := p.start(cmd, p.log("caddy")); err != nil {
		t.Fatal(err)
	}
	p.answers(fmt.Sprintf("127.0.0.1:%d", port))
	with := func(password string) []opt.Option {
		return []opt.Option{trust, opt.HTTPVersion(opt.HTTPVer3Only), opt.UserPassword(user + ":" + password)}
	}
	return &site{peer: p, options: with(password), wrong: with("guess"),
		url: func(name string) string { return fmt.Sprintf("https://localhost:%d/%s", port, name) }}
}

// impatientSite gives up sooner: nothing tells that the other side of UDP is gone before somebody sends again, and who
// only receives does that after half of QUIC's idle time, 15 s.
func impatientSite(t *testing.T) *site {
	s := caddySite(t)
	s.options = append(s.options, opt.LowSpeedLimit(large), opt.LowSpeedTime(time.Second))
	return s
}

// keeper is a server behind the peer that keeps what is put to it among the peer's files, as Caddy cannot.
func (p *peer) keeper() (address string) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = os.WriteFile(filepath.Join(p.dir, "files", path.Base(r.URL.Path)), body, 0o644)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}))
	p.t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

func nginxSite(t *testing.T, scheme string, version opt.HTTPVer) *site {
	p := newPeer(t)
	port := freePort(t)
	address := fmt.Sprintf("127.0.0.1:%d", port)
	options, listen := []opt.Option{opt.HTTPVersion(version)}, "listen "+address
	if scheme == "https" {
		cert, key, trust := p.certificate()
		options = append(options, trust)
		listen += fmt.Sprintf(" ssl http2;\nssl_certificate %s;\nssl_certificate_key %s", cert, key)
	}
	p.file("htpasswd", user+":{PLAIN}"+password+"\n")
	config := p.file("nginx.conf", fmt.Sprintf(`daemon off;
user root;
pid %[1]s/pid;
error_log %[1]s/nginx.log;
events {}
http {
access_log off;
client_body_temp_path %[1]s/body;
proxy_temp_path %[1]s/proxy;
fastcgi_temp_path %[1]s/fastcgi;
uwsgi_temp_path %[1]s/uwsgi;
scgi_temp_path %[1]s/scgi;
client_max_body_size 0;
server {
%[2]s;
root %[1]s/files;
auth_basic test;
auth_basic_user_file %[1]s/htpasswd;
location / {
dav_methods PUT;
}
}
}
`, p.dir, listen))
	p.daemon(address, "/usr/sbin/nginx", "-p", p.dir, "-c", config)
	with := func(password string) []opt.Option {
		return append([]opt.Option{opt.UserPassword(user + ":" + password)}, options...)
	}
	return &site{peer: p, options: with(password), wrong: with("guess"),
		url: func(name string) string { return scheme + "://" + address + "/" + name }}
}

func (m maker) httpDownload(t *testing.T, version int) {
	s := m(t)
	want := pattern(300_000)
	s.file("files/download", want)
	h := s.handle("download")
	s.gets(h, want)
	if v, err := curl.Info(h, info.HTTPVersion); err != nil || int(v) != version {
		t.Errorf("the version is %v, %v", v, err)
	}
}

func (m maker) httpWrong(t *testing.T) {
	s := m(t)
	s.file("files/download", "content")
	s.status(handle(t, append(s.wrong, opt.URL(s.url("download")))...), 401)
}
