package curl_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func pattern(n int) string { return string(testserver.PatternBytes(n)) }

func TestHTTPBodies(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.AcceptEncoding("gzip"))
	for _, path := range []string{"/bytes/0", "/bytes/1000000", "/chunked/1000000", "/gzip/1000000"} {
		if err := h.Set(opt.URL(s.URL(path))); err != nil {
			t.Fatal(err)
		}
		want := ""
		if !strings.HasSuffix(path, "/0") {
			want = pattern(1_000_000)
		}
		arrives(t, h, want)
		if n := infoOf(t, h, info.SizeDownload); (n == int64(len(want))) == strings.HasPrefix(path, "/gzip") {
			t.Errorf("%s: %d bytes on the wire", path, n)
		}
		wantInfo(t, h, info.SizeDelivered, int64(len(want)))
	}
	if n := s.Connections(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

func TestHTTPRequest(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/echo?a=b")), opt.PostFields([]byte("x=1\x00y")), opt.UserAgent("tester"),
		opt.HTTPHeader([]string{"X-Own: value", "X-Empty;", "Accept:"}), opt.Cookie("a=1"))
	body, err := h.Fetch(bounded(t))
	if err != nil {
		t.Fatal(err)
	}
	var echo testserver.Echo
	if err := json.Unmarshal(body, &echo); err != nil {
		t.Fatal(err)
	}
	if echo.Method != http.MethodPost || echo.URI != "/echo?a=b" || string(echo.Body) != "x=1\x00y" {
		t.Errorf("%+v", echo)
	}
	for name, want := range map[string]string{"User-Agent": "tester", "X-Own": "value", "Cookie": "a=1", "Accept": ""} {
		if got := echo.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if _, ok := echo.Header["X-Empty"]; !ok {
		t.Error("the empty header is missing")
	}
}

func TestHTTPUpload(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/redirect-body")), opt.Upload(true), opt.FollowLocation(true))
	if err := h.Input(bytes.NewReader(testserver.PatternBytes(300_000))); err != nil {
		t.Fatal(err)
	}
	arrives(t, h, pattern(300_000)) // sent twice: the source was rewound for the redirect
	if n := infoOf(t, h, info.SizeUpload); n != 300_000 && n != 600_000 {
		t.Errorf("%d bytes sent", n)
	}
}

func TestHTTPAuthentication(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for path, c := range map[string]struct {
		use opt.Auth
		saw info.AuthSet
	}{
		"/basic": {opt.AuthBasic | opt.AuthDigest, info.AuthBasic}, "/digest": {opt.AuthDigest, info.AuthDigest},
	} {
		h := handleWith(t, opt.URL(s.URL(path)), opt.HTTPAuth(c.use),
			opt.Username(testserver.User), opt.Password(testserver.Password))
		arrives(t, h, "welcome user\n")
		wantInfo(t, h, info.HTTPAuthUsed, c.saw)
		if err := h.Set(opt.Password("wrong"), opt.FailOnError(true)); err != nil {
			t.Fatal(err)
		}
		fails(t, h, codes.HTTPReturnedError)
		wantInfo(t, h, info.HTTPAuthAvailable, c.saw)
		wantInfo(t, h, info.ResponseCode, 401)
	}
}

func TestCookiesLiveAcrossTransfers(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/cookies?flavour=vanilla")), opt.CookieFile(""))
	if _, err := h.Fetch(bounded(t)); err != nil {
		t.Fatal(err)
	}
	if err := h.Set(opt.URL(s.URL("/cookies"))); err != nil {
		t.Fatal(err)
	}
	body, err := h.Fetch(bounded(t))
	if err != nil || !strings.Contains(string(body), "flavour=vanilla") {
		t.Errorf("%q, %v", body, err)
	}
	if list := infoOf(t, h, info.CookieList); len(list) != 1 || !strings.HasSuffix(list[0], "flavour\tvanilla") {
		t.Errorf("%q", list)
	}
}

func TestHTTPRanges(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/bytes/1000")), opt.Range("10-19"))
	arrives(t, h, pattern(1000)[10:20])
	wantInfo(t, h, info.ResponseCode, 206)
	if err := h.Unset(opt.IDRange); err != nil {
		t.Fatal(err)
	}
	if err := h.Set(opt.ResumeFrom(990)); err != nil {
		t.Fatal(err)
	}
	arrives(t, h, pattern(1000)[990:])
	wantInfo(t, h, info.ContentLengthDownload, 10)
}

func TestTransferLimits(t *testing.T) {
	t.Parallel() // libcurl counts in seconds here
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/bytes/1000")), opt.MaxFileSize(999))
	fails(t, h, codes.FileSizeExceeded)
	if err := h.Set(opt.MaxFileSize(1000)); err != nil {
		t.Fatal(err)
	}
	arrives(t, h, pattern(1000))

	if err := h.Set(opt.URL(s.URL("/hang")), opt.LowSpeedLimit(1000), opt.LowSpeedTime(time.Second)); err != nil {
		t.Fatal(err)
	}
	if e := fails(t, h, codes.OperationTimedOut); !e.Timeout() || e.Cause != nil {
		t.Errorf("%#v", e)
	}
	s.Gate("").Open()
}

func TestHTTPVersions(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	h := handleWith(t, opt.URL(s.URL("/bytes/100000")), opt.CAInfo(s.CAFile(t)))
	v, err := curl.Version()
	if err != nil {
		t.Fatal(err)
	}
	versions := map[opt.HTTPVer]info.HTTPVersionUsed{opt.HTTPVer1_1: info.HTTPUsed1_1}
	if v.Features.Has(curl.FeatureHTTP2) {
		versions[opt.HTTPVer2TLS] = info.HTTPUsed2
	}
	for ask, want := range versions {
		if err := h.Set(opt.HTTPVersion(ask), opt.FreshConnect(true)); err != nil {
			t.Fatal(err)
		}
		arrives(t, h, pattern(100_000))
		if got := infoOf(t, h, info.HTTPVersion); got != want {
			t.Errorf("%v became %v", ask, got)
		}
	}
}

// A partial body is there together with the error.
func TestFetchOfBrokenBody(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/close-mid-body")))
	body, err := h.Fetch(bounded(t))
	if len(body) != 500 || !errors.Is(err, codes.PartialFile) {
		t.Errorf("%d bytes, %v", len(body), err)
	}
}

// Before 8.3.0 libcurl itself has no limit: two servers that redirect to each other kept a transfer for ever.
func TestRedirectsHaveALimitOnEveryLibcurl(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := easy(t)
	follows := func(h *curl.Easy, n int, want error) {
		t.Helper()
		setAll(t, h, opt.URL(s.URL("/redirect/"+strconv.Itoa(n))), opt.FollowLocation(true))
		if err := h.Perform(patient(t)); !errors.Is(err, want) {
			t.Errorf("%d redirects: %v, want %v", n, err, want)
		}
	}
	for range 2 {
		follows(h, 30, nil)
		follows(h, 31, codes.TooManyRedirects)
		setAll(t, h, opt.MaxRedirs(40))
		follows(h, 31, nil)
		clone, err := h.Clone()
		if err != nil {
			t.Fatal(err)
		}
		defer clone.Close()
		follows(clone, 31, nil)
		if err := clone.Unset(opt.IDMaxRedirs); err != nil {
			t.Fatal(err)
		}
		follows(clone, 31, codes.TooManyRedirects)
		if err := h.Reset(); err != nil {
			t.Fatal(err)
		}
	}
}

// libcurl before 8.1.0 stood still when a frame of HTTP/2 was larger than its buffer.
func TestHTTP2WithASmallBuffer(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	h := handleWith(t, opt.CAInfo(s.CAFile(t)), opt.BufferSize(1024), opt.URL(s.URL("/bytes/200000")))
	for range 20 {
		if body, err := h.Fetch(bounded(t)); err != nil || string(body) != pattern(200_000) {
			t.Fatalf("%d bytes, %v", len(body), err)
		}
	}
}
