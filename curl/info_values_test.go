//lint:file-ignore SA1019 deprecated infos answer as well

package curl_test

import (
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestInfoTimesFollowEachOther(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true})
	h := handleWith(t, opt.URL(s.URL("/redirect/1")), opt.FollowLocation(true), opt.SSLVerifyPeer(false))
	arrives(t, h, "arrived\n")
	micros := []info.Key[time.Duration]{
		info.NameLookupTime, info.ConnectTime, info.AppConnectTime, info.PreTransferTime, info.StartTransferTime, info.TotalTime,
	}
	seconds := []info.Key[time.Duration]{
		info.NameLookupTimeSeconds, info.ConnectTimeSeconds, info.AppConnectTimeSeconds, info.PreTransferTimeSeconds,
		info.StartTransferTimeSeconds, info.TotalTimeSeconds,
	}
	var last time.Duration
	for i, key := range micros {
		d := infoOf(t, h, key)
		// The second request, on the same connection, has its own name lookup and connect time.
		if i > 2 && (d < last || d <= 0 || d > 20*time.Second) {
			t.Errorf("%v is %v, after %v", key, d, last)
		}
		if other := infoOf(t, h, seconds[i]); other != d {
			t.Errorf("%v is %v, %v is %v", key, d, seconds[i], other)
		}
		last = d
	}
	redirect := infoOf(t, h, info.RedirectTime)
	if redirect <= 0 || redirect > last || redirect != infoOf(t, h, info.RedirectTimeSeconds) {
		t.Errorf("redirect time %v of %v", redirect, last)
	}
}

func TestInfoTimesOfFirstRequest(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true})
	h := handleWith(t, opt.URL(s.URL("/")), opt.SSLVerifyPeer(false))
	arrives(t, h, "hello\n")
	var last time.Duration
	for _, key := range []info.Key[time.Duration]{
		info.NameLookupTime, info.ConnectTime, info.AppConnectTime, info.PreTransferTime, info.StartTransferTime, info.TotalTime,
	} {
		d := infoOf(t, h, key)
		if d < last || d <= 0 {
			t.Errorf("%v is %v, after %v", key, d, last)
		}
		last = d
	}
	wantInfo(t, h, info.RedirectTime, 0)
}

func TestInfosOfRedirectedDownload(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/redirect/2")), opt.FollowLocation(true), opt.Referer("http://from.test/"))
	arrives(t, h, "arrived\n")
	wantInfo(t, h, info.EffectiveURL, s.URL("/redirect/0"))
	wantInfo(t, h, info.EffectiveMethod, http.MethodGet)
	wantInfo(t, h, info.Referer, "http://from.test/")
	wantInfo(t, h, info.RedirectCount, 2)
	wantInfo(t, h, info.RedirectURL, "")
	wantInfo(t, h, info.ResponseCode, 200)
	wantInfo(t, h, info.ContentType, "text/plain; charset=utf-8")
	wantInfo(t, h, info.ContentLengthDownload, 8)
	wantInfo(t, h, info.ContentLengthDownloadDouble, 8)
	wantInfo(t, h, info.SizeDownload, 8)
	wantInfo(t, h, info.SizeDownloadDouble, 8)
	wantInfo(t, h, info.SizeDelivered, 8)
	wantInfo(t, h, info.NumConnects, 1)
	wantInfo(t, h, info.HTTPVersion, info.HTTPUsed1_1)
	wantInfo(t, h, info.Protocol, info.ProtocolHTTP)
	wantInfo(t, h, info.UsedProxy, false)
	wantInfo(t, h, info.PrimaryIP, netip.MustParseAddr("127.0.0.1"))
	wantInfo(t, h, info.PrimaryPort, uint16(s.Port()))
	wantInfo(t, h, info.LocalIP, netip.MustParseAddr("127.0.0.1"))
	wantInfo(t, h, info.ConnectionID, 0)
	wantInfo(t, h, info.TransferID, 0)
	if scheme := infoOf(t, h, info.Scheme); !strings.EqualFold(scheme, "http") {
		t.Errorf("scheme %q", scheme)
	}
	_, port, _ := net.SplitHostPort(s.Requests()[2].Remote)
	if got := infoOf(t, h, info.LocalPort); strconv.Itoa(int(got)) != port {
		t.Errorf("local port %d, the server says %s", got, port)
	}
	if n := infoOf(t, h, info.HeaderSize); n < 100 || n > 2000 {
		t.Errorf("%d bytes of headers", n)
	}
	if n := infoOf(t, h, info.RequestSize); n < 3*len("GET / HTTP/1.1") || n > 2000 {
		t.Errorf("%d bytes of requests", n)
	}

	arrives(t, h, "arrived\n")
	wantInfo(t, h, info.NumConnects, 0)
	wantInfo(t, h, info.TransferID, 1)
	if err := h.Set(opt.FollowLocation(false)); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Fetch(bounded(t)); err != nil {
		t.Fatal(err)
	}
	wantInfo(t, h, info.RedirectURL, s.URL("/redirect/1"))
	wantInfo(t, h, info.RedirectCount, 0)
}

func TestInfosAboutServersWishes(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/reply?status=503&header=Retry-After:+120")))
	arrives(t, h, "")
	wantInfo(t, h, info.RetryAfter, 2*time.Minute)
	if err := h.Set(opt.URL(s.URL("/bytes/3")), opt.FileTime(true)); err != nil {
		t.Fatal(err)
	}
	arrives(t, h, string(testserver.PatternBytes(3)))
	wantInfo(t, h, info.RetryAfter, 0)
	wantInfo(t, h, info.ConditionUnmet, false)
	if at := infoOf(t, h, info.FileTime); !at.Equal(testserver.BytesTime) {
		t.Errorf("file time %v", at)
	}
	if at := infoOf(t, h, info.FileTimeLong); !at.Equal(testserver.BytesTime) {
		t.Errorf("file time %v", at)
	}
	if err := h.Set(opt.TimeCondition(opt.TimeCondIfModifiedSince), opt.TimeValue(testserver.BytesTime)); err != nil {
		t.Fatal(err)
	}
	arrives(t, h, "")
	wantInfo(t, h, info.ConditionUnmet, true)
	wantInfo(t, h, info.ResponseCode, 304)
}

// Strings and lists are copies: later transfers and Close, which free libcurl's own, leave them alone.
func TestInfosAreCopies(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/cookies?name=value&padding=xxxxxxxxxxxxxxxx")), opt.CookieFile(""))
	if _, err := h.Fetch(bounded(t)); err != nil {
		t.Fatal(err)
	}
	url, kind, cookies := infoOf(t, h, info.EffectiveURL), infoOf(t, h, info.ContentType), infoOf(t, h, info.CookieList)
	first := strings.Clone(url + kind + strings.Join(cookies, ""))
	if len(cookies) != 2 || !strings.Contains(first, "name\tvalue") {
		t.Fatalf("cookies %q", cookies)
	}
	if err := h.Set(opt.URL(s.URL("/gzip/100?other")), opt.CookieList("ALL")); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Fetch(bounded(t)); err != nil {
		t.Fatal(err)
	}
	h.Close()
	runtime.GC()
	for range 8 { // so that the memory is used again
		handleWith(t, opt.URL(s.URL("/"+strings.Repeat("y", 60)))).Close()
	}
	if again := url + kind + strings.Join(cookies, ""); again != first {
		t.Errorf("changed from %q to %q", first, again)
	}
	if _, err := curl.Info(h, info.EffectiveURL); err == nil {
		t.Error("a closed handle answers")
	}
}
