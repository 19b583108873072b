//go:build linux

package protocols

import (
	"crypto/md5"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func authRows() []row {
	apache := []string{"/usr/sbin/apache2"}
	login := func(kind string, auth opt.Auth) []try {
		m := maker(func(t *testing.T) *site { return apacheSite(t, nil) })
		return []try{
			{"download", func(t *testing.T) { m.authDownload(t, kind, auth) }},
			{"upload after a refusal", func(t *testing.T) { m.authUpload(t, kind) }},
			{"wrong password", func(t *testing.T) { m.authWrong(t, kind, auth) }},
		}
	}
	return []row{
		{"HTTP with Basic authentication", []string{"http"}, "Apache", apache, true, login("basic", opt.AuthBasic)},
		{"HTTP with Digest authentication", []string{"http"}, "Apache", apache, true, login("digest", opt.AuthDigest)},
		{"HTTP with Negotiate authentication", []string{"http", "SPNEGO"}, "Apache with mod_auth_gssapi, and MIT's KDC",
			append(apache, "/usr/lib/apache2/modules/mod_auth_gssapi.so", "/usr/sbin/krb5kdc", "/usr/sbin/kadmin.local", "/usr/bin/kinit"), true,
			[]try{{"download with a ticket", negotiate}, {"no ticket", withoutTicket}}},
		{"HTTP with NTLM authentication", []string{"http", "NTLM"}, "Go's net/http with Samba's ntlm_auth", []string{"ntlm_auth"}, false,
			[]try{{"login of a connection", ntlmLogin}, {"wrong password", ntlmWrong}}},
		{"HTTP with a bearer token", []string{"http"}, "Go's net/http", nil, false, []try{{"download", bearer}, {"wrong token", wrongToken}}},
		{"HTTP with an AWS signature", []string{"http"}, "Go's net/http, with a check of the signature written from Amazon's documents", nil, false,
			[]try{{"download", signedDownload}, {"upload", signedUpload}, {"wrong key", signedWrong}}},
	}
}

// apacheSite asks for a login in three ways. env is what the server and its children have beside the test's own.
func apacheSite(t *testing.T, env []string, more ...string) *site {
	p := newPeer(t)
	hash := sha1.Sum([]byte(password))
	for name, content := range map[string]string{
		"htpasswd": user + ":{SHA}" + base64.StdEncoding.EncodeToString(hash[:]) + "\n",
		"htdigest": fmt.Sprintf("%s:test:%x\n", user, md5.Sum([]byte(user+":test:"+password))),
	} {
		if err := os.Chmod(p.file(name, content), 0o644); err != nil { // its children are nobody's
			t.Fatal(err)
		}
	}
	for _, kind := range []string{"basic", "digest", "negotiate"} {
		p.file("files/"+kind, "hello over "+kind)
	}
	address := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	modules := []string{"mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "auth_digest"}
	config := fmt.Sprintf("ServerRoot %[1]s\nPidFile %[1]s/apache.pid\nDefaultRuntimeDir %[1]s\nListen %[2]s\nServerName localhost\nUser nobody\n"+
		"Group nogroup\nErrorLog %[1]s/apache.log\nDocumentRoot %[1]s/files\n<Directory />\nRequire all granted\n</Directory>\n", p.dir, address)
	if len(more) > 0 {
		modules = append(modules, "auth_gssapi")
	}
	for _, m := range modules {
		config = fmt.Sprintf("LoadModule %s_module /usr/lib/apache2/modules/mod_%[1]s.so\n", m) + config
	}
	config += fmt.Sprintf("<Location /basic>\nAuthType Basic\nAuthName test\nAuthUserFile %[1]s/htpasswd\nRequire valid-user\n</Location>\n"+
		"<Location /digest>\nAuthType Digest\nAuthName test\nAuthUserFile %[1]s/htdigest\nRequire valid-user\n</Location>\n", p.dir) +
		strings.Join(more, "\n") + "\n"
	cmd := p.command("/usr/sbin/apache2", "-DFOREGROUND", "-f", p.file("apache.conf", config))
	cmd.Env = append(os.Environ(), env...)
	if err := p.start(cmd, p.log("apache2")); err != nil {
		t.Fatal(err)
	}
	p.answers(address)
	return &site{peer: p, url: func(name string) string { return "http://" + address + "/" + name }}
}

func (m maker) authDownload(t *testing.T, kind string, auth opt.Auth) {
	s := m(t)
	for _, with := range []opt.Auth{auth, opt.AuthAny} {
		h := s.handle(kind, opt.HTTPAuth(with), opt.UserPassword(user+":"+password))
		s.gets(h, "hello over "+kind)
	}
}

// authUpload sends a form twice: libcurl does not know beforehand that it has to log in, nor how.
func (m maker) authUpload(t *testing.T, kind string) {
	s := m(t)
	h := s.handle(kind, opt.HTTPAuth(opt.AuthAny), opt.UserPassword(user+":"+password), opt.HTTPHeader([]string{"Expect:"}))
	form, err := curl.NewMIME(curl.Part{Name: "a", Reader: strings.NewReader(pattern(100_000))})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.SetMIME(form); err != nil {
		t.Fatal(err)
	}
	s.gets(h, "hello over "+kind)
	if n, err := curl.Info(h, info.SizeUpload); err != nil || n < 100_000 {
		t.Errorf("%d bytes were sent, %v", n, err)
	}
}

func (m maker) authWrong(t *testing.T, kind string, auth opt.Auth) {
	s := m(t)
	s.status(s.handle(kind, opt.HTTPAuth(auth), opt.UserPassword(user+":guess")), 401)
}

// status runs a transfer that is answered with it.
func (s *site) status(h *curl.Easy, want int) {
	s.t.Helper()
	if err := h.Perform(patient(s.t)); err != nil {
		s.t.Fatal(err)
	}
	if got, err := curl.Info(h, info.ResponseCode); err != nil || got != want {
		s.t.Errorf("status %d, %v, want %d", got, err, want)
	}
}

// tokenSite wants a.token.
func tokenSite(t *testing.T) *site {
	target := testserver.NewHTTP(t, testserver.HTTPConfig{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer a.token" {
			w.WriteHeader(http.StatusUnauthorized)
		}
		io.WriteString(w, "hello over a token")
	})})
	return &site{peer: newPeer(t), url: func(string) string { return target.URL("/own/") }}
}

func bearer(t *testing.T) {
	s := tokenSite(t)
	s.gets(s.handle("", opt.HTTPAuth(opt.AuthBearer), opt.XOAuth2Bearer("a.token")), "hello over a token")
}

func wrongToken(t *testing.T) {
	s := tokenSite(t)
	s.status(s.handle("", opt.HTTPAuth(opt.AuthBearer), opt.XOAuth2Bearer("another")), 401)
}
