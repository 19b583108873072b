package curl_test

import (
	"context"
	"encoding/base64"
	"log"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// slogTo has a handler be slog's, and returns what undoes that. Package log, which slog takes over, is not given back by itself:
// what an example says as it dies would be lost.
func slogTo(h slog.Handler) (restore func()) {
	before, out, flags := slog.Default(), log.Writer(), log.Flags()
	slog.SetDefault(slog.New(h))
	return func() {
		slog.SetDefault(before)
		log.SetOutput(out)
		log.SetFlags(flags)
	}
}

// logged collects what goes to slog during f.
func logged(t *testing.T, level slog.Level, f func()) string {
	t.Helper()
	var out collector
	defer slogTo(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: level}))()
	f()
	out.mu.Lock()
	defer out.mu.Unlock()
	return out.text.String()
}

type collector struct {
	mu   sync.Mutex
	text strings.Builder
}

func (c *collector) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.Write(p)
}

const password = "s3cret-pa55word"

// Verbose output without a function of the user's goes to slog at debug level, without the credentials in it.
func TestVerboseIsLoggedWithoutSecrets(t *testing.T) {
	plain := testserver.NewHTTP(t, testserver.HTTPConfig{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/own/cookie" {
			w.Header().Set("Set-Cookie", "a="+password)
		} else {
			w.Header().Set("Location", "http://somebody:"+password+"@"+r.Host+"/")
			w.WriteHeader(http.StatusFound)
		}
	})})
	mail := testserver.NewScript(t, testserver.Script{
		testserver.Send("* OK ready\r\n"), testserver.Expect("A001 CAPABILITY"),
		testserver.Send("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA001 OK\r\n"), testserver.Expect("A002 AUTHENTICATE PLAIN"),
		testserver.Send("+ \r\n"), testserver.Expect(".*"), testserver.Send("A002 NO\r\n"), testserver.Drain(),
	})
	mqtt := testserver.NewScript(t, testserver.Script{testserver.ExpectBytes(2)})
	secure := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	proxy := testserver.NewProxy(t, testserver.ProxyConfig{})
	ftp := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/a": "alpha"}})
	login := []opt.Option{opt.Username("somebody"), opt.Password(password)}
	cookie := opt.Cookie("session=" + password)
	for name, c := range map[string]struct {
		scheme  string
		options []opt.Option
		shown   string
	}{
		"basic":   {"http", append(login, opt.URL(plain.URL("/basic")), opt.HTTPAuth(opt.AuthBasic)), "Authorization: (redacted)"},
		"digest":  {"http", append(login, opt.URL(plain.URL("/digest")), opt.HTTPAuth(opt.AuthDigest)), "GET /digest"},
		"http2":   {"https", append(login, opt.URL(secure.URL("/echo")), opt.CAInfo(caFile(t, secure.CA())), cookie, opt.HTTPAuth(opt.AuthBasic)), "/echo"},
		"bearer":  {"http", []opt.Option{opt.URL(plain.URL("/")), opt.HTTPHeader([]string{"authorization: Bearer " + password, "X-Api-Key:" + password})}, "authorization: (redacted)"},
		"cookies": {"http", []opt.Option{opt.URL(plain.URL("/cookies?a=" + base64.RawURLEncoding.EncodeToString([]byte("query")))), cookie}, "Cookie: (redacted)"},
		"jar":     {"http", []opt.Option{opt.URL(plain.URL("/own/cookie")), opt.CookieFile("")}, "Added cookie a=(redacted)"},
		"url":     {"http", []opt.Option{opt.URL(plain.URL("/own/away")), opt.FollowLocation(true)}, "Location: http://(redacted)@127.0.0.1"},
		"imap":    {"imap", append(login, opt.URL("imap://"+mail.Addr()+"/")), "A002 AUTHENTICATE (redacted)"},
		"mqtt":    {"mqtt", append(login, opt.URL("mqtt://"+mqtt.Addr()+"/topic")), "kind=DebugHeaderOut bytes="},
		"proxy":   {"http", []opt.Option{opt.URL(plain.URL("/")), opt.Proxy(proxy.URL()), opt.ProxyUsername("somebody"), opt.ProxyPassword(password)}, "Proxy-Authorization: (redacted)"},
		"tunnel":  {"http", []opt.Option{opt.URL(plain.URL("/")), opt.HTTPProxyTunnel(true), opt.Proxy(proxy.URL()), opt.ProxyUserPassword("somebody:" + password)}, "Proxy-Authorization: (redacted)"},
		"ftp":     {"ftp", append(login, opt.URL(ftp.URL("/a"))), "PASS (redacted)"},
	} {
		if c.scheme != "http" && !speaks(t, c.scheme) {
			continue
		}
		h := easy(t, append(c.options, opt.Verbose(true))...)
		text := logged(t, slog.LevelDebug, func() { h.Perform(patient(t)) })
		if !strings.Contains(text, "level=DEBUG") || !strings.Contains(text, c.shown) {
			t.Errorf("%s: nothing of %q in\n%s", name, c.shown, text)
		}
		wantNoSecrets(t, name, text)
	}
}

func wantNoSecrets(t *testing.T, name, text string) {
	t.Helper()
	secrets := []string{
		password, base64.StdEncoding.EncodeToString([]byte("somebody:" + password)),
		base64.StdEncoding.EncodeToString([]byte("\x00somebody\x00" + password)), "response=", "cnonce=",
	}
	for line := range strings.Lines(text) {
		for _, s := range secrets {
			if strings.Contains(strings.ReplaceAll(line, "%2D", "-"), s) {
				t.Errorf("%s: a secret is logged: %s", name, line)
			}
		}
	}
}

// A log that does not want debug records costs nothing and shows nothing, and a function of the user's gets all of it.
func TestVerboseGoesToOnePlace(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := easy(t, opt.URL(s.URL("/basic")), opt.Username("somebody"), opt.Password(password), opt.Verbose(true))
	if text := logged(t, slog.LevelInfo, func() { perform(t, h) }); text != "" {
		t.Errorf("logged %q", text)
	}
	kinds := map[opt.DebugKind]string{}
	setAll(t, h, opt.DebugFunction(func(kind opt.DebugKind, data []byte) { kinds[kind] += string(data) }))
	if text := logged(t, slog.LevelDebug, func() { perform(t, h) }); text != "" {
		t.Errorf("logged %q", text)
	}
	if !strings.Contains(kinds[opt.DebugHeaderOut], "Authorization: Basic") || !strings.HasPrefix(kinds[opt.DebugHeaderIn], "HTTP/1.1 401") ||
		kinds[opt.DebugDataIn] != "who are you?\n" || kinds[opt.DebugText] == "" {
		t.Errorf("the function got %q", kinds)
	}
	setAll(t, h, opt.DebugFunction(nil), opt.Verbose(false))
	if text := logged(t, slog.LevelDebug, func() { perform(t, h) }); text != "" {
		t.Errorf("logged %q", text)
	}
}

// A log handler may use curl itself.
func TestLogHandlerMayTransfer(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	inner := easy(t, opt.URL(s.URL("/")))
	outer := easy(t, opt.URL(s.URL("/")), opt.Verbose(true))
	n := 0
	defer slogTo(handlerFunc(func(slog.Record) {
		if n++; n <= 3 {
			if err := inner.Perform(context.Background()); err != nil {
				t.Error(err)
			}
		}
	}))()
	perform(t, outer)
	if n == 0 {
		t.Error("nothing was logged")
	}
}

type handlerFunc func(slog.Record)

func (f handlerFunc) Enabled(context.Context, slog.Level) bool      { return true }
func (f handlerFunc) Handle(_ context.Context, r slog.Record) error { f(r); return nil }
func (f handlerFunc) WithAttrs([]slog.Attr) slog.Handler            { return f }
func (f handlerFunc) WithGroup(string) slog.Handler                 { return f }
