package curl_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// redirecting is a web server that sends whoever asks for /own/away to a file of an FTP server, which hook listens to.
func redirecting(t *testing.T, hook func(_ context.Context, verb, arg string) (string, bool)) (*testserver.HTTP, *testserver.FTP) {
	f := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/file": "by FTP"}, Hook: hook})
	return testserver.NewHTTP(t, testserver.HTTPConfig{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/own/away" {
			http.Redirect(w, r, f.URL("/file"), http.StatusFound)
			return
		}
		w.Write([]byte("here"))
	})}), f
}

// libcurl waits two minutes, inside a step, for the FTP server that does not answer when its connection makes room for
// another: so long had all transfers of the engine to wait.
func TestEngineIsNotHeldUpByAnFTPServer(t *testing.T) {
	onlyShared(t)
	if !speaks(t, "ftp") {
		return
	}
	s, f := redirecting(t, keepsQuit)
	g := newEngine(t, curl.EngineConfig{MaxIdle: 1, Shards: 1})
	var bodies []string
	member := func(path string, options ...opt.Option) *curl.Easy {
		return handleWith(t, append(options, opt.URL(s.URL(path)), opt.NoProxy("*"), opt.FollowLocation(true),
			opt.WriteFunction(func(p []byte) error { bodies = append(bodies, string(p)); return nil }))...)
	}
	attach := func(h *curl.Easy) {
		t.Helper()
		if err := g.Attach(h, curl.OnSpot); err != nil {
			t.Fatal(err)
		}
	}
	stays := member("/own/here")
	attach(stays)
	for name, h := range map[string]*curl.Easy{
		"with no function":       member("/own/away"),
		"with a socket function": member("/own/away", opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) { return false, nil })),
	} {
		attach(h)
		clone, err := h.Clone()
		if err != nil {
			t.Fatal(err)
		}
		defer clone.Close()
		attach(clone)
		for _, h := range []*curl.Easy{h, clone} {
			bodies = nil
			if err := h.Perform(bounded(t)); !errors.Is(err, curl.ErrOtherProtocol) || !errors.Is(err, codes.UnsupportedProtocol) {
				t.Errorf("%s: %v", name, err)
			}
			if err := stays.Perform(bounded(t)); err != nil || len(bodies) == 0 || bodies[len(bodies)-1] != "here" {
				t.Errorf("the next one: %v, %q", err, bodies)
			}
		}
	}
	if asked := f.Commands(); len(asked) > 0 {
		t.Errorf("the FTP server was asked %q", asked)
	}
}

func TestEngineFollowsToFTPWhenDetached(t *testing.T) {
	onlyShared(t)
	if !speaks(t, "ftp") {
		return
	}
	s, _ := redirecting(t, nil)
	g := newEngine(t, curl.EngineConfig{})
	body := ""
	h := handleWith(t, opt.URL(s.URL("/own/away")), opt.NoProxy("*"), opt.FollowLocation(true),
		opt.WriteFunction(func(p []byte) error { body += string(p); return nil }))
	if err := g.Attach(h); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(bounded(t)); !errors.Is(err, curl.ErrOtherProtocol) {
		t.Fatal(err)
	}
	if err := g.Detach(h); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(bounded(t)); err != nil || body != "by FTP" {
		t.Errorf("%v, %q", err, body)
	}
}

// libcurl takes one slash for two, and guesses the scheme from the host behind a user's name: an engine that took these URLs for
// HTTP's ended their transfers as if a server had redirected them.
func TestEngineKnowsOtherProtocolsAsLibcurlDoes(t *testing.T) {
	if !speaks(t, "ftp") {
		return
	}
	f := testserver.NewFTP(t, testserver.FTPConfig{})
	g := newEngine(t, curl.EngineConfig{})
	_, port, _ := strings.Cut(f.Addr(), ":")
	for _, url := range []string{"ftp:/" + f.Addr() + "/", testserver.User + "@ftp.localhost:" + port + "/"} {
		h := handleWith(t, opt.URL(url), opt.NoProxy("*"), opt.Resolve([]string{"ftp.localhost:" + port + ":127.0.0.1"}))
		if err := g.Attach(h); err != nil {
			t.Fatal(err)
		}
		if err := h.Perform(bounded(t)); errors.Is(err, curl.ErrOtherProtocol) || len(f.Commands()) == 0 {
			t.Errorf("%s: %v, %q", url, err, f.Commands())
		}
	}
}
