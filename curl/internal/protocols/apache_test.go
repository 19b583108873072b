package protocols

import (
	"crypto/md5"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

const apache = "Apache"

// startApache serves one page that only those may see whom the lines let in, and returns its URL. The modules are what
// the lines need beyond the ordinary; environment is the server's beside the test's own.
func startApache(t *testing.T, modules []string, environment []string, lines ...string) string {
	t.Helper()
	bin, dir, port := need(t, "apache2"), openDir(t), freePorts(t, 1)[0]
	write(t, dir, "page", "for those who are known")
	conf := append(append([]string{"DocumentRoot " + dir, "<Location />"}, lines...), "Require valid-user", "</Location>")
	runApache(t, bin[0], dir, port, modules, environment, conf...)
	return "http://localhost:" + strconv.Itoa(port) + "/page"
}

// runApache starts the server with the lines as the end of its configuration, in a file in the folder.
func runApache(t *testing.T, program, dir string, port int, modules, environment []string, lines ...string) *process {
	t.Helper()
	conf := []string{"ServerName localhost", "ServerRoot " + dir, "Listen 127.0.0.1:" + strconv.Itoa(port), "PidFile " + dir + "/pid",
		"DefaultRuntimeDir " + dir, "Mutex pthread", "ErrorLog /dev/stderr"}
	if os.Getuid() == 0 {
		conf = append(conf, "User nobody", "Group nogroup")
	}
	for _, module := range append([]string{"mpm_event", "authn_core", "authz_core", "authz_user"}, modules...) {
		conf = append(conf, fmt.Sprintf("LoadModule %s_module /usr/lib/apache2/modules/mod_%[1]s.so", module))
	}
	cmd := exec.Command(program, "-f", write(t, dir, "conf", append(conf, lines...)...), "-DFOREGROUND")
	cmd.Env = append(os.Environ(), environment...)
	return daemon(t, cmd, port)
}

// login is a trial of one way to say who one is: with the right password, and without.
func login(t *testing.T, protocol, server, url, body string, wrong []opt.Option, options ...opt.Option) {
	t.Helper()
	try(t, protocol, server, "login", func(t *testing.T) {
		h := handle(t, with(options, opt.URL(url))...)
		for range 2 {
			if got := fetched(t, h); got != body {
				t.Errorf("the body is %q", got)
			}
		}
	})
	try(t, protocol, server, "wrong password", func(t *testing.T) {
		h := handle(t, with(options, append([]opt.Option{opt.URL(url)}, wrong...)...)...)
		fetched(t, h)
		if status, err := curl.Info(h, info.ResponseCode); err != nil || status != 401 && status != 403 {
			t.Errorf("status %d, %v", status, err)
		}
	})
}

func TestBasic(t *testing.T) {
	t.Parallel()
	users := write(t, openDir(t), "users", "user:$apr1$gocurl$33vy78rQYFpX8jQMicbvo0")
	url := startApache(t, []string{"auth_basic", "authn_file"}, nil, "AuthType Basic", "AuthName peer", "AuthUserFile "+users)
	login(t, "Basic authentication", apache, url, "for those who are known\n", []opt.Option{opt.UserPassword("user:wrong")},
		opt.HTTPAuth(opt.AuthAny), opt.UserPassword("user:secret"))
}

func TestDigest(t *testing.T) {
	t.Parallel()
	users := write(t, openDir(t), "users", fmt.Sprintf("user:peer:%x", md5.Sum([]byte("user:peer:secret"))))
	url := startApache(t, []string{"auth_digest", "authn_file"}, nil, "AuthType Digest", "AuthName peer", "AuthUserFile "+users)
	login(t, "Digest authentication", apache, url, "for those who are known\n", []opt.Option{opt.UserPassword("user:wrong")},
		opt.HTTPAuth(opt.AuthAny), opt.UserPassword("user:secret"))
}
