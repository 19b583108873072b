//go:build linux

package protocols

import (
	"fmt"
	"os"
	"testing"

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
	return []row{
		nginx("HTTP/1.1", "http", opt.HTTPVer1_1, 2),
		nginx("HTTPS", "https", opt.HTTPVer1_1, 2),
		nginx("HTTP/2 over TLS", "https", opt.HTTPVer2TLS, 3),
		{"HTTP/3", []string{"https", "HTTP3"}, "Caddy", []string{"caddy"}, false, []try{
			{"download", func(t *testing.T) { maker(caddySite).httpDownload(t, 30) }}, {"resume", maker(caddySite).resume},
			{"cancellation", maker(caddySite).cancel},
		}},
	}
}

// caddySite is for HTTP/3 alone, and so for UDP; its TCP says when it is there.
func caddySite(t *testing.T) *site {
	p := newPeer(t)
	cert, key, trust := p.certificate()
	port := freePort(t)
	config := p.file("Caddyfile", fmt.Sprintf("{\nadmin off\nauto_https off\nskip_install_trust\nstorage file_system %[1]s\n}\n"+
		"https://localhost:%[2]d {\nbind 127.0.0.1\ntls %[3]s %[4]s\nroot * %[1]s/files\nfile_server\n}\n", p.dir, port, cert, key))
	cmd := p.command("caddy", "run", "--config", config, "--adapter", "caddyfile")
	cmd.Env = append(os.Environ(), "HOME="+p.dir, "XDG_CONFIG_HOME="+p.dir, "XDG_DATA_HOME="+p.dir)
	if err := p.start(cmd, p.log("caddy")); err != nil {
		t.Fatal(err)
	}
	p.answers(fmt.Sprintf("127.0.0.1:%d", port))
	return &site{peer: p, options: []opt.Option{trust, opt.HTTPVersion(opt.HTTPVer3Only)},
		url: func(name string) string { return fmt.Sprintf("https://localhost:%d/%s", port, name) }}
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
