package curl_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// headersOf reads header fields as lines. A libcurl before 7.83.0 has to say that it cannot; then the result is nil and
// false, and the test is over.
func headersOf(t *testing.T, h *curl.Easy, request int, from curl.Origin) ([]string, bool) {
	t.Helper()
	list, err := h.HeadersOf(request, from)
	if olderThan(t, 0x075300) {
		var e *curl.UnsupportedError
		if !errors.As(err, &e) || !errors.Is(err, curl.ErrUnsupported) || e.Need != "7.83.0" || e.What != "curl_easy_nextheader" {
			t.Errorf("%v, want an UnsupportedError", err)
		}
		return nil, false
	}
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range list {
		lines = append(lines, fmt.Sprintf("%s: %s (%d/%d)", f.Name, f.Value, f.Index, f.Count))
	}
	return lines, true
}

// scripted answers one request with these bytes.
func scripted(t *testing.T, answer string) *testserver.ScriptServer {
	return testserver.NewScript(t, testserver.Script{testserver.ExpectHead(), testserver.Send(answer), testserver.Drain()})
}

func wantLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestHeadersKeepOrderAndRepetitions(t *testing.T) {
	s := scripted(t, "HTTP/1.1 200 OK\r\nZ-Last: 1\r\nset-cookie: a=1\r\nContent-Length: 0\r\nSet-Cookie: b=2\r\nEmpty:\r\n"+
		"Latin: caf\xe9\r\nSpaces:   in   between\r\n\r\n")
	h := handleWith(t, opt.URL("http://"+s.Addr()))
	arrives(t, h, "")
	lines, ok := headersOf(t, h, -1, curl.FromHeader)
	if !ok {
		return
	}
	wantLines(t, lines, "Z-Last: 1 (0/1)", "set-cookie: a=1 (0/2)", "Content-Length: 0 (0/1)", "Set-Cookie: b=2 (1/2)",
		"Empty:  (0/1)", "Latin: caf\xe9 (0/1)", "Spaces: in   between (0/1)")
	list, err := h.Headers(curl.FromHeader)
	if err != nil || len(list) != 7 || list[3].Name != "Set-Cookie" || list[3].Value != "b=2" {
		t.Error(list, err)
	}
	for _, origin := range []curl.Origin{curl.FromTrailer, curl.FromConnect, curl.FromInterim, curl.FromPseudo} {
		if lines, _ := headersOf(t, h, -1, origin); lines != nil {
			t.Errorf("origin %d has %q", origin, lines)
		}
	}
	h.Close()
	if _, err := h.Headers(curl.FromHeader); !errors.Is(err, curl.ErrClosed) {
		t.Error(err)
	}
	if list[3].Value != "b=2" {
		t.Error("a header is not a copy")
	}
}

func TestHeadersOfEachOrigin(t *testing.T) {
	s := scripted(t, "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"+
		"Trailer: Sum\r\n\r\n2\r\nhi\r\n0\r\nSum: 42\r\n\r\n")
	p := testserver.NewProxy(t, testserver.ProxyConfig{})
	h := handleWith(t, opt.URL("http://"+s.Addr()), opt.Proxy(p.URL()), opt.HTTPProxyTunnel(true))
	arrives(t, h, "hi")
	lines, ok := headersOf(t, h, -1, curl.FromHeader)
	if !ok {
		return
	}
	wantLines(t, lines, "Transfer-Encoding: chunked (0/1)", "Trailer: Sum (0/1)")
	lines, _ = headersOf(t, h, -1, curl.FromInterim)
	wantLines(t, lines, "Link: </style.css> (0/1)")
	lines, _ = headersOf(t, h, -1, curl.FromTrailer)
	wantLines(t, lines, "Sum: 42 (0/1)")
	both, _ := headersOf(t, h, -1, curl.FromTrailer|curl.FromInterim)
	wantLines(t, both, "Link: </style.css> (0/1)", "Sum: 42 (0/1)")
}

func TestHeadersOfProxyAndPseudoHeaders(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	p := testserver.NewScript(t, testserver.Script{testserver.ExpectHead(),
		testserver.Send("HTTP/1.1 407 No\r\nVia: proxy\r\nContent-Length: 0\r\n\r\n"), testserver.Drain()})
	h := handleWith(t, opt.URL(s.URL("/")), opt.CAInfo(s.CAFile(t)))
	arrives(t, h, "hello\n")
	pseudo, ok := headersOf(t, h, -1, curl.FromPseudo)
	if ok && !slices.Equal(pseudo, []string{":status: 200 (0/1)"}) && len(pseudo) != 0 { // it may not speak HTTP/2
		t.Errorf("%q", pseudo)
	}
	if err := h.Set(opt.Proxy("http://"+p.Addr()), opt.FreshConnect(true)); err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(bounded(t)); err == nil {
		t.Fatal("the proxy let it through")
	}
	if connect, ok := headersOf(t, h, -1, curl.FromConnect); ok {
		wantLines(t, connect, "Via: proxy (0/1)", "Content-Length: 0 (0/1)")
	}
}

func TestHeadersOfRedirects(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	h := handleWith(t, opt.URL(s.URL("/redirect/2")), opt.FollowLocation(true))
	arrives(t, h, "arrived\n")
	for request, want := range map[int]string{0: "/redirect/1", 1: "/redirect/0", 2: "", -1: "", 3: ""} {
		lines, ok := headersOf(t, h, request, curl.FromHeader)
		if !ok {
			return
		}
		at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "Location: ") })
		if want == "" && at >= 0 || want != "" && (at < 0 || !strings.HasPrefix(lines[at], "Location: "+want)) {
			t.Errorf("request %d: %q, want the location %q", request, lines, want)
		}
		if (len(lines) == 0) != (request == 3) {
			t.Errorf("request %d: %q", request, lines)
		}
	}
}

// In a header callback the fields up to now are there.
func TestHeadersDuringTransfer(t *testing.T) {
	privately(t, "infos are ahead of callbacks, TestEngineCallbacksComeInOrder")
	s := scripted(t, "HTTP/1.1 200 OK\r\nOne: 1\r\nTwo: 2\r\nContent-Length: 0\r\n\r\n")
	h := handleWith(t, opt.URL("http://"+s.Addr()))
	var seen []int
	err := h.Set(opt.HeaderFunction(func(line []byte) error {
		lines, _ := headersOf(t, h, -1, curl.FromHeader)
		seen = append(seen, len(lines))
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	arrives(t, h, "")
	if olderThan(t, 0x075300) {
		return
	}
	if len(seen) != 5 || !slices.IsSorted(seen) || seen[0] != 0 || seen[4] != 3 {
		t.Errorf("fields known at each line: %v", seen)
	}
}
