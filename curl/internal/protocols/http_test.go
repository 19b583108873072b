package protocols

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// httpVersion is a version of HTTP, and how it is asked for and recognized.
type httpVersion struct {
	protocol string
	ask      opt.HTTPVer
	used     info.HTTPVersionUsed
}

// trials are those of a server that keeps files, and that it is this version which is spoken.
func (v httpVersion) trials(t *testing.T, s storage) {
	s.scheme = v.protocol
	s.options = with(s.options, opt.HTTPVersion(v.ask), opt.FailOnError(true))
	s.lists, s.resumes, s.missing = true, true, []codes.Easy{codes.HTTPReturnedError}
	s.keep(t, "word", []byte("word"))
	try(t, v.protocol, s.server, "version", func(t *testing.T) {
		h := handle(t, s.at("word")...)
		arrives(t, h, "word")
		if used, err := curl.Info(h, info.HTTPVersion); err != nil || used != v.used {
			t.Errorf("the version is %v, want %v; %v", used, v.used, err)
		}
	})
	s.trials(t)
}

func TestHTTP(t *testing.T) {
	t.Parallel()
	bin := need(t, "apache2")
	for _, v := range []httpVersion{{"http", opt.HTTPVer1_1, info.HTTPUsed1_1}, {"https", opt.HTTPVer1_1, info.HTTPUsed1_1},
		{"HTTP/2", opt.HTTPVer2TLS, info.HTTPUsed2}} {
		id, dir, port := newIdentity(t), openDir(t), freePorts(t, 1)[0]
		root := dir + "/root"
		for _, name := range []string{root, dir + "/locks"} {
			if err := os.Mkdir(name, 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(name, 0o777); err != nil {
				t.Fatal(err)
			}
		}
		conf := []string{"DocumentRoot " + root, "DavLockDB " + dir + "/locks/db", "Protocols h2 http/1.1", "<Location />", "Dav On",
			"Options Indexes", "Require all granted", "</Location>"}
		scheme := "http"
		if v.protocol != "http" {
			scheme = "https"
			conf = append(conf, "SSLEngine on", "SSLCertificateFile "+id.cert, "SSLCertificateKeyFile "+id.key)
		}
		p := runApache(t, bin[0], dir, port, []string{"autoindex", "dav", "dav_fs", "http2", "ssl"}, nil, conf...)
		v.trials(t, storage{
			server: apache, root: root, base: fmt.Sprintf("%s://localhost:%d/", scheme, port),
			options: []opt.Option{opt.CAInfo(id.ca)}, kill: p.kill,
		})
	}
}

func TestHTTP3(t *testing.T) {
	t.Parallel()
	bin, id, dir, port := need(t, "caddy"), newIdentity(t), openDir(t), freePorts(t, 1)[0]
	root := openDir(t)
	conf := write(t, dir, "Caddyfile", "{", "admin off", "auto_https off", "servers {", "protocols h1 h2 h3", "}", "}",
		"https://localhost:"+strconv.Itoa(port)+" {", "bind 127.0.0.1", "tls "+id.cert+" "+id.key, "root * "+root, "file_server browse", "}")
	cmd := exec.Command(bin[0], "run", "--config", conf, "--adapter", "caddyfile")
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
	p := daemon(t, cmd, port)
	httpVersion{"HTTP/3", opt.HTTPVer3Only, info.HTTPUsed3}.trials(t, storage{
		server: "Caddy", root: root, base: fmt.Sprintf("https://localhost:%d/", port), readOnly: true,
		options: []opt.Option{opt.CAInfo(id.ca)},
		kill:    p.kill, gone: []opt.Option{opt.Timeout(2 * time.Second)}, // nobody tells that a peer of UDP is gone
	})
}
