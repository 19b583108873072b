package curl_test

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// lacksHeaders says that this libcurl has no headers, after checking that err says so.
func lacksHeaders(t *testing.T, err error) bool {
	t.Helper()
	if !olderThan(t, 0x075300) {
		if err != nil {
			t.Fatal(err)
		}
		return false
	}
	var e *curl.UnsupportedError
	if !errors.As(err, &e) || e.Need != "7.83.0" {
		t.Errorf("%v, want an UnsupportedError", err)
	}
	return true
}

// A proxy that lets a tunnel through, a continued upload with early hints, a redirect, and a body with a trailer.
func everyOrigin(t *testing.T) *curl.Easy {
	t.Helper()
	proxy := testserver.NewScript(t, testserver.Script{
		testserver.ExpectHead(), testserver.Send("HTTP/1.1 200 Connected\r\nVia: proxy\r\n\r\n"),
		testserver.ExpectHead(), testserver.Send("HTTP/1.1 100 Continue\r\nX-Go: on\r\n\r\n"), testserver.ExpectBytes(4),
		testserver.Send("HTTP/1.1 307 Over there\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"),
		testserver.ExpectHead(), testserver.Send("HTTP/1.1 100 Continue\r\n\r\n"), testserver.ExpectBytes(4),
		testserver.Send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" +
			"Set-Cookie: a=1\r\nset-cookie: b=2\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 42\r\n\r\n"),
		testserver.Drain(),
	})
	h := handleWith(t, opt.URL("http://origin.invalid/here"), opt.Proxy("http://"+proxy.Addr()), opt.HTTPProxyTunnel(true), opt.FollowLocation(true),
		opt.Upload(true), opt.InFileSize(4), opt.HTTPHeader([]string{"Expect: 100-continue"}), opt.Expect100Timeout(10e9),
		opt.ReadFunction(func(p []byte) (int, error) { return copy(p, "body"), nil }),
		opt.SeekFunction(func(int64, int) error { return nil }))
	arrives(t, h, "hi")
	return h
}

func TestOriginsHaveNames(t *testing.T) {
	t.Parallel()
	for o, want := range map[curl.Origin]string{curl.FromPseudo: "pseudo", curl.FromHeader | curl.FromTrailer: "header|trailer", 0: "Origin(0)",
		curl.FromConnect | 64: "connect|Origin(64)"} {
		if got := o.String(); got != want {
			t.Errorf("%d is %q, want %q", uint(o), got, want)
		}
	}
}

func TestHeadersOfASeries(t *testing.T) {
	t.Parallel()
	h := everyOrigin(t)
	seq, err := h.EachHeader(curl.FromAnywhere)
	if lacksHeaders(t, err) {
		return
	}
	var all, interim []string
	for request, f := range seq {
		all = append(all, fmt.Sprintf("%d %s %s: %s %d/%d", request, f.Origin, f.Name, f.Value, f.Index, f.Count))
	}
	wantLines(t, all, "0 connect Via: proxy 0/1", "0 interim X-Go: on 0/1", "0 header Location: /there 0/1", "0 header Content-Length: 0 0/1",
		"1 interim Link: </a.css> 0/1", "1 header Transfer-Encoding: chunked 0/1", "1 header Set-Cookie: a=1 0/2", "1 header set-cookie: b=2 1/2",
		"1 trailer X-Sum: 42 0/1")
	some, err := h.EachHeader(curl.FromInterim | curl.FromTrailer)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a sequence can be gone through again
		interim = nil
		for request, f := range some {
			interim = append(interim, fmt.Sprint(request, " ", f.Name))
			if f.Name == "Link" {
				break
			}
		}
		wantLines(t, interim, "0 X-Go", "1 Link")
	}
	h.Close()
	if _, err := h.EachHeader(curl.FromHeader); !errors.Is(err, curl.ErrClosed) {
		t.Error(err)
	}
}

func TestHeaderLookups(t *testing.T) {
	t.Parallel()
	h := everyOrigin(t)
	f, err := h.Header("SET-COOKIE", curl.FromHeader)
	if lacksHeaders(t, err) {
		if _, err := h.HeaderOf(0, "Location", 0, curl.FromHeader); !errors.Is(err, curl.ErrUnsupported) {
			t.Error(err)
		}
		return
	}
	if f != (curl.Header{Name: "Set-Cookie", Value: "a=1", Index: 0, Count: 2, Origin: curl.FromHeader}) {
		t.Errorf("%+v", f)
	}
	for _, s := range []struct {
		request int
		name    string
		index   int
		from    curl.Origin
		want    string
		code    codes.Header
	}{
		{-1, "set-cookie", 1, curl.FromHeader, "b=2", 0},
		{1, "set-cookie", 1, curl.FromAnywhere, "b=2", 0},
		{0, "location", 0, curl.FromHeader, "/there", 0},
		{0, "via", 0, curl.FromConnect, "proxy", 0},
		{-1, "x-sum", 0, curl.FromTrailer, "42", 0},
		{-1, "link", 0, curl.FromInterim, "</a.css>", 0},
		{-1, "set-cookie", 2, curl.FromHeader, "", codes.HeaderBadIndex},
		{-1, "x-sum", 0, curl.FromHeader, "", codes.HeaderMissing},
		{-1, "location", 0, curl.FromHeader, "", codes.HeaderMissing},
		{2, "x-sum", 0, curl.FromHeader, "", codes.HeaderNoRequest},
		{math.MaxInt, "x-sum", 0, curl.FromHeader, "", codes.HeaderNoRequest}, // whose lower half is -1, the last
		{-2, "x-sum", 0, curl.FromHeader, "", codes.HeaderBadArgument},
		{-1, "x-sum", -1, curl.FromHeader, "", codes.HeaderBadArgument},
		{-1, "x-sum\x00", 0, curl.FromHeader, "", codes.HeaderBadArgument},
		{-1, "x-sum", 0, 0, "", codes.HeaderBadArgument},
		{-1, "x-sum", 0, 32, "", codes.HeaderBadArgument},
	} {
		f, err := h.HeaderOf(s.request, s.name, s.index, s.from)
		var e *curl.HeaderError
		if f.Value != s.want || s.code == 0 && err != nil || s.code != 0 && (!errors.Is(err, s.code) || !errors.As(err, &e) || e.Name != s.name) {
			t.Errorf("%+v: %+v, %v", s, f, err)
		}
	}
	if list, err := h.HeadersOf(math.MaxInt, curl.FromAnywhere); len(list) != 0 || err != nil {
		t.Errorf("a request that was not made has %v, %v", list, err)
	}
	for _, from := range []curl.Origin{0, 32, 33} {
		if _, err := h.Headers(from); !errors.Is(err, codes.HeaderBadArgument) {
			t.Errorf("headers from %v: %v", from, err)
		}
		if _, err := h.EachHeader(from); !errors.Is(err, codes.HeaderBadArgument) {
			t.Errorf("each header from %v: %v", from, err)
		}
	}
	fresh := handleWith(t)
	if _, err := fresh.Header("x", curl.FromHeader); !errors.Is(err, codes.HeaderNoHeaders) {
		t.Error(err)
	}
	seq, err := fresh.EachHeader(curl.FromAnywhere)
	if err != nil {
		t.Fatal(err)
	}
	for range seq {
		t.Error("a handle without a transfer has headers")
	}
	fresh.Close()
	if _, err := fresh.Header("x", curl.FromHeader); !errors.Is(err, curl.ErrClosed) {
		t.Error(err)
	}
}

func TestHeadersBecomeNetHTTPs(t *testing.T) {
	t.Parallel()
	l := curl.Headers{{Name: ":status", Value: "200", Origin: curl.FromPseudo}, {Name: "set-cookie", Value: "a=1", Origin: curl.FromHeader},
		{Name: "X-ONE", Value: "1", Origin: curl.FromHeader}, {Name: "Set-Cookie", Value: "b=2", Origin: curl.FromHeader}}
	h := l.HTTP()
	if len(h) != 2 || h.Get("x-one") != "1" || !slices.Equal(h.Values("Set-Cookie"), []string{"a=1", "b=2"}) {
		t.Error(h)
	}
	if cookies := (&http.Response{Header: h}).Cookies(); len(cookies) != 2 || cookies[1].Name != "b" {
		t.Error(cookies)
	}
	if l.Get("x-one") != "1" || l.Get("none") != "" || !slices.Equal(slices.Collect(l.Values("SET-COOKIE")), []string{"a=1", "b=2"}) {
		t.Error("a lookup in the list")
	}
	if h := curl.Headers(nil).HTTP(); h == nil || len(h) != 0 {
		t.Error(h)
	}
}

// Headers are there for members of engines and multis as well, also while their transfers run.
func TestHeadersOnAnEngineAndInAMulti(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	g, err := curl.NewEngine(curl.EngineConfig{})
	if errors.Is(err, curl.ErrNoCgo) {
		t.Skip("this build has no libcurl at all")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close(bounded(t))
	h := easy(t, opt.URL(s.URL("/redirect/1")), opt.FollowLocation(true), opt.NoProxy("*"))
	if err := g.Attach(h); err != nil {
		t.Fatal(err)
	}
	body, err := h.Open(bounded(t))
	if err != nil {
		t.Fatal(err)
	}
	locations := func(h *curl.Easy) (found []string) {
		seq, err := h.EachHeader(curl.FromHeader)
		if lacksHeaders(t, err) {
			return []string{"0 /redirect/0"}
		}
		for request, f := range seq {
			if strings.EqualFold(f.Name, "location") {
				found = append(found, fmt.Sprint(request, " ", f.Value))
			}
		}
		return found
	}
	wantLines(t, locations(h), "0 /redirect/0")
	body.Close()
	wantLines(t, locations(h), "0 /redirect/0")

	m := newMulti(t)
	member := easy(t, opt.URL(s.URL("/redirect/1")), opt.FollowLocation(true), opt.NoProxy("*"))
	addAll(t, m, member)
	runAll(t, m)
	wantLines(t, locations(member), "0 /redirect/0")
}
