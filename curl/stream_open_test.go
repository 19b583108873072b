package curl_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Open returns when the header is there, and not before it is that of the last response.
func TestOpenReturnsWithTheLastHeader(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle func(*testing.T, string, ...opt.Option) *curl.Easy) {
		auth := []opt.Option{opt.UserPassword(testserver.User + ":" + testserver.Password), opt.HTTPAuth(opt.AuthAny)}
		for path, c := range map[string]struct {
			options []opt.Option
			status  int
			body    string
		}{
			"/":                 {nil, 200, "hello\n"},
			"/early-hints":      {nil, 200, "after the hints\n"},
			"/redirect/3":       {[]opt.Option{opt.FollowLocation(true)}, 200, "arrived\n"},
			"/redirect/1":       {nil, 302, "<a href=\"/redirect/0\">Found</a>.\n\n"},
			"/digest":           {auth, 200, "welcome user\n"},
			"/basic":            {nil, 401, "who are you?\n"},
			"/status/404":       {nil, 404, "404 as asked for\n"},
			"/status/204":       {nil, 204, ""},
			"/status/304":       {nil, 304, ""},
			"/bytes/7":          {[]opt.Option{opt.NoBody(true)}, 200, ""},
			"/bytes/0":          {nil, 200, ""},
			"/redirect/1?late=": {[]opt.Option{opt.FollowLocation(true)}, 200, "arrived\n"},
		} {
			h := handle(t, path, c.options...)
			b := opened(t, h)
			if n := infoOf(t, h, info.ResponseCode); n != c.status {
				t.Errorf("%s: Open returns at status %d, want %d", path, n, c.status)
			}
			if !olderThan(t, 0x075300) && !strings.HasPrefix(path, "/bytes/0") {
				if headers, err := h.Headers(curl.FromHeader); err != nil || len(headers) == 0 {
					t.Errorf("%s: headers %v, %v", path, headers, err)
				}
			}
			if body, err := io.ReadAll(b); err != nil || string(body) != c.body {
				t.Errorf("%s: %q, %v", path, body, err)
			}
		}
	})
}

// Nothing of the body is there yet.
func TestOpenDoesNotWaitForTheBody(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle func(*testing.T, string, ...opt.Option) *curl.Easy) {
		h := handle(t, "/trickle/3?gate=late")
		b := opened(t, h)
		if n := infoOf(t, h, info.ResponseCode); n != 200 {
			t.Errorf("status %d", n)
		}
		read := make(chan string, 1)
		go func() {
			body, err := io.ReadAll(b)
			if err != nil {
				t.Error(err)
			}
			read <- string(body)
		}()
		select {
		case body := <-read:
			t.Errorf("%q arrived before it was sent", body)
		case <-s.Gate("late").Arrived(1):
		}
		s.Gate("late").Open()
		if got := awaited(t, "the body", read); got != pattern(3) {
			t.Errorf("the body is %q", got)
		}
	})
}

func TestOpenThroughAProxy(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	p := testserver.NewProxy(t, testserver.ProxyConfig{})
	for _, path := range []string{"/trickle/3?gate=proxied", "/redirect/2"} {
		h := handleWith(t, opt.URL(s.URL(path)), opt.Proxy(p.URL()), opt.CAInfo(s.CAFile(t)), opt.FollowLocation(true), opt.NoProxy(""))
		b := opened(t, h)
		if n, used := infoOf(t, h, info.ResponseCode), infoOf(t, h, info.HTTPConnectCode); n != 200 || used != 200 {
			t.Errorf("status %d, of the proxy %d", n, used)
		}
		s.Gate("proxied").Open()
		if body, err := io.ReadAll(b); err != nil || len(body) == 0 {
			t.Errorf("%q, %v", body, err)
		}
	}
}

// Errors before the header are Open's, and leave the handle at rest.
func TestOpenFails(t *testing.T) {
	streams(t, func(t *testing.T, s *testserver.HTTP, handle func(*testing.T, string, ...opt.Option) *curl.Easy) {
		h := handle(t, "/status/500", opt.FailOnError(true))
		b, err := h.Open(bounded(t))
		var e *curl.Error
		if b != nil || !errors.As(err, &e) || e.Op != "open" || !errors.Is(err, codes.HTTPReturnedError) {
			t.Errorf("%v, %v", b, err)
		}
		expired, cancel := context.WithCancelCause(t.Context())
		cancel(errWhy)
		if _, err := h.Open(expired); !errors.Is(err, errWhy) {
			t.Errorf("with a context that has ended: %v", err)
		}
		if err := h.Set(opt.URL(s.URL("/hang?gate=never")), opt.FailOnError(false)); err != nil {
			t.Fatal(err)
		}
		ctx, cancel2 := context.WithCancel(t.Context())
		arrived := s.Gate("never").Arrived(1)
		go func() {
			<-arrived
			cancel2()
		}()
		if _, err := h.Open(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
		if err := h.Set(opt.URL(s.URL("/"))); err != nil {
			t.Fatal(err)
		}
		arrives(t, h, "hello\n")
	})
	var zero curl.Easy
	if _, err := zero.Open(t.Context()); !errors.Is(err, curl.ErrClosed) {
		t.Errorf("the zero Easy: %v", err)
	}
}

// Other protocols have no header to wait for; and what is over at once is read all the same.
func TestOpenOtherProtocols(t *testing.T) {
	f := testserver.NewFTP(t, testserver.FTPConfig{Files: map[string]string{"/a.txt": "from ftp"}})
	h := handleWith(t, opt.URL(f.URL("/a.txt")), opt.NoProxy("*"))
	b := opened(t, h)
	if body, err := io.ReadAll(b); err != nil || string(body) != "from ftp" {
		t.Errorf("%q, %v", body, err)
	}
	if n := infoOf(t, h, info.ResponseCode); n != 226 {
		t.Errorf("status %d", n)
	}
	name := testserver.WriteFile(t, "body.txt", testserver.PatternBytes(1_000_000))
	if err := h.Set(opt.URL("file://" + name)); err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(opened(t, h)); err != nil || string(body) != pattern(1_000_000) {
		t.Errorf("%d bytes, %v", len(body), err)
	}
	if err := h.Set(opt.URL("file:///nowhere/at/all")); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Open(bounded(t)); !errors.Is(err, codes.FileCouldntReadFile) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// A resolver that hangs does not keep Open, nor the handle.
func TestOpenIsStoppedWhileResolving(t *testing.T) {
	resolving(t, func(t *testing.T, r *testserver.Resolver) {
		good := testserver.NewHTTP(t, testserver.HTTPConfig{})
		h := handleWith(t, opt.NoProxy("*"))
		for _, s := range stops[:3] {
			if err := h.Set(opt.URL(hanging)); err != nil {
				t.Fatal(err)
			}
			asked := r.Asked(len(r.Names()) + 1)
			ctx, stop := s.begin(h)
			ended := make(chan error, 1)
			go func() {
				_, err := h.Open(ctx)
				ended <- err
			}()
			await(t, "the resolver's start", asked)
			stop()
			err := awaited(t, "the end of Open", ended)
			for _, want := range s.want {
				if !errors.Is(err, want) {
					t.Errorf("after %s: %v", s.name, err)
				}
			}
			if err := h.Set(opt.URL(good.URL("/"))); err != nil {
				t.Fatal(err)
			}
			if body, err := io.ReadAll(opened(t, h)); err != nil || string(body) != "hello\n" {
				t.Errorf("after %s: %q, %v", s.name, body, err)
			}
		}
		r.Release()
	})
}
