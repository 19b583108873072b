package testserver_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

func TestHTTPEcho(t *testing.T) {
	for name, config := range kinds {
		t.Run(name, func(t *testing.T) {
			s := testserver.NewHTTP(t, config)
			r := request(t, http.MethodPut, s.URL("/echo?a=b"), strings.NewReader("\x00body"))
			r.Header["X-Two"] = []string{"1", "2"}
			_, body, err := do(t, client(t, s), r)
			if err != nil {
				t.Fatal(err)
			}
			var echo testserver.Echo
			if err := json.Unmarshal([]byte(body), &echo); err != nil {
				t.Fatalf("%v in %q", err, body)
			}
			if echo.Method != http.MethodPut || echo.URI != "/echo?a=b" || echo.Host != s.Addr() ||
				string(echo.Body) != "\x00body" || !slices.Equal(echo.Header["X-Two"], []string{"1", "2"}) {
				t.Errorf("got %+v", echo)
			}
		})
	}
}

// The very lines of an HTTP/1 answer, which Go's client would tidy up.
func TestHTTPHeadersAreSentAsTheyStand(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	head := rawHead(t, s, "/headers")
	for _, line := range []string{"X-Same: one", "X-Same: two", "X-Same: three", "x-ODD-cAsE: kept", "X-Empty: ",
		"X-Latin-1: caf\xe9", "X-Colons: a:b: c"} {
		if !slices.Contains(head, line) {
			t.Errorf("no line %q in %q", line, head)
		}
	}
	head = rawHead(t, s, "/reply?status=429&header=Retry-After:+7&header=x-a:+1&header=x-a:+2")
	for _, line := range []string{"HTTP/1.1 429 Too Many Requests", "Retry-After: 7", "x-a: 1", "x-a: 2"} {
		if !slices.Contains(head, line) {
			t.Errorf("no line %q in %q", line, head)
		}
	}
}

func rawHead(t *testing.T, s *testserver.HTTP, path string) []string {
	t.Helper()
	answer := exchange(t, s.Addr(), "GET "+path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	head, _, _ := strings.Cut(answer, "\r\n\r\n")
	return strings.Split(head, "\r\n")
}

func TestHTTPCookies(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	r := request(t, http.MethodGet, s.URL("/cookies?new=1"), nil)
	r.Header.Set("Cookie", "b=2; a=1")
	resp, body, err := do(t, client(t, s), r)
	if err != nil || body != "b=2\na=1\n" {
		t.Errorf("the server saw %q, error %v", body, err)
	}
	if got := resp.Header.Get("Set-Cookie"); got != "new=1; Path=/" {
		t.Errorf("set %q", got)
	}
}

func TestHTTPRedirects(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	c := client(t, s)
	if resp, body := get(t, c, s.URL("/redirect/3?code=301")); body != "arrived\n" || resp.Request.URL.Path != "/redirect/0" {
		t.Errorf("got %q from %s", body, resp.Request.URL)
	}
	if s.Served() != 4 {
		t.Errorf("%d requests, want 4", s.Served())
	}
	const body = "sent twice"
	if _, got, err := do(t, c, request(t, http.MethodPost, s.URL("/redirect-body"), strings.NewReader(body))); got != body {
		t.Errorf("got %q, error %v", got, err)
	}
}

func TestHTTPRefusesToContinue(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	c := dial(t, s.Addr())
	if _, err := c.Write([]byte("POST /expect HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(c).ReadString('\n'); line != "HTTP/1.1 417 Expectation Failed\r\n" {
		t.Errorf("got %q, %v", line, err)
	}
}
