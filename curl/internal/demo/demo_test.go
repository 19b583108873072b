package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// libcurl is the version in use. The test ends here in a build that has none.
func libcurl(t *testing.T) curl.VersionInfo {
	t.Helper()
	version, err := curl.Version()
	if errors.Is(err, curl.ErrNoCgo) {
		if err := demo(t.Context(), nil, &screen{Writer: new(bytes.Buffer)}); !errors.Is(err, curl.ErrNoCgo) {
			t.Errorf("without cgo the demo says %v", err)
		}
		t.Skip("built without cgo: there is no libcurl to fetch with")
	}
	if err != nil {
		t.Fatal(err)
	}
	return version
}

func wantLines(t *testing.T, text string, patterns ...string) {
	t.Helper()
	for _, pattern := range patterns {
		if !regexp.MustCompile("(?m)^ *" + pattern + "$").MatchString(text) {
			t.Errorf("no line matches %s in\n%s", pattern, text)
		}
	}
}

func TestFetchesFromItsOwnServer(t *testing.T) {
	version := libcurl(t)
	p, err := fromLocalServer(version, 40, 4)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	var out bytes.Buffer
	if err := run(t.Context(), p, version, &screen{Writer: &out, live: true}); err != nil {
		t.Error(err)
	}
	protocol := "HTTP/2"
	if !version.Features.Has(curl.FeatureHTTP2) {
		protocol = "HTTP/1.1"
		wantLines(t, p.title, "This libcurl was built without HTTP/2, .*")
	}
	wantLines(t, out.String(),
		`.*\[=+\] 40 of 40 transfers.*`, `TLS +4( +\d\S* m?s){3} *`, `body +40( +\d\S* m?s){3} *`, `total +40( +\d\S* m?s){3} *`,
		`transfers +40 in .* with 4 goroutines, .*`, `received +53\.7 MB, .*`, `protocol +`+protocol, `connections +4 opened, reused by 36 transfers`,
		`libcurl +`+regexp.QuoteMeta(version.Version)+` with .*`)
}

func TestFetchesURLs(t *testing.T) {
	version := libcurl(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	p := fromURLs([]string{s.URL("/bytes/10"), s.URL("/redirect/2"), s.URL("/status/404"), s.URL("/close-mid-body")})
	var out bytes.Buffer
	err := run(t.Context(), p, version, &screen{Writer: &out})
	if err == nil || err.Error() != "2 of 4 transfers failed" {
		t.Errorf("got error %v", err)
	}
	took := `[\d.]+ m?s +`
	wantLines(t, out.String(),
		`2 of 4 transfers, 2 failed, 0 in flight, .*`,
		`200 +HTTP/1\.1 +10 B +`+took+took+`- +`+took+took+took+took+regexp.QuoteMeta(s.URL("/bytes/10")),
		`200 +HTTP/1\.1 +8 B .*`+took+regexp.QuoteMeta(s.URL("/redirect/2")),
		`404 +HTTP/1\.1 +.*/status/404: the server answered with status 404`,
		`200 +HTTP/1\.1 +500 B +.*/close-mid-body: curl: perform: CURLE_PARTIAL_FILE: .*`)
}

func TestSaysWhatFailed(t *testing.T) {
	version := libcurl(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	p := &plan{goroutines: 2, jobs: []job{{s.URL("/bytes/10"), 10}, {s.URL("/bytes/10"), 11}, {s.URL("/bytes/10"), 11}}}
	var out bytes.Buffer
	err := run(t.Context(), p, version, &screen{Writer: &out})
	if err == nil || err.Error() != "2 of 3 transfers failed" {
		t.Errorf("got error %v", err)
	}
	wantLines(t, out.String(), `failed 2 times: 10 bytes arrived instead of 11`)
}

func TestCtrlCEndsTheTransfers(t *testing.T) {
	version := libcurl(t)
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	p := fromURLs([]string{s.URL("/hang"), s.URL("/hang"), s.URL("/")})
	p.goroutines = 2
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	ended := make(chan error, 1)
	var out bytes.Buffer
	go func() { ended <- run(ctx, p, version, &screen{Writer: &out}) }()
	<-s.Gate("").Arrived(2)
	interrupt()
	select {
	case err := <-ended:
		if !errors.Is(err, errInterrupted) || err.Error() != "interrupted: 0 of 3 transfers were done" {
			t.Errorf("got error %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("the transfers go on")
	}
	if text := out.String(); strings.Contains(text, "failed") || s.Served() != 2 {
		t.Errorf("%d requests, and\n%s", s.Served(), text)
	}
}

func TestTrustsTheServerByAFileToo(t *testing.T) {
	libcurl(t)
	t.Setenv("TMPDIR", t.TempDir())
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	option, forget, err := trustFile(s.CA())
	if err != nil {
		t.Fatal(err)
	}
	h, err := curl.New(option, noProxy)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if r := fetch(t.Context(), h, job{s.URL("/bytes/5"), 5}); r.err != nil {
		t.Error(r.err)
	}
	forget()
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v %v", left, err)
	}
}
