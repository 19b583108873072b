package testserver_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// kinds are the servers that every route has to serve alike.
var kinds = map[string]testserver.HTTPConfig{"h1": {}, "h2": {TLS: true}}

func TestHTTPBodies(t *testing.T) {
	for name, config := range kinds {
		t.Run(name, func(t *testing.T) {
			s := testserver.NewHTTP(t, config)
			c := client(t, s)
			for path, length := range map[string]int64{"/bytes/70000": 70000, "/chunked/70000": -1, "/gzip/70000": -1} {
				resp, body := get(t, c, s.URL(path))
				if resp.ContentLength != length || len(body) != 70000 || !testserver.MatchesPattern([]byte(body), 0) {
					t.Errorf("%s: length %d, %d bytes", path, resp.ContentLength, len(body))
				}
			}
			if resp, body := get(t, c, s.URL("/chunked/0")); resp.ContentLength != -1 || body != "" {
				t.Errorf("/chunked/0: length %d, body %q", resp.ContentLength, body)
			}
		})
	}
}

func TestHTTPServesRanges(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	r := request(t, http.MethodGet, s.URL("/bytes/5000000000"), nil)
	r.Header.Set("Range", "bytes=4999999990-")
	resp, body, err := do(t, client(t, s), r)
	if err != nil || resp.StatusCode != http.StatusPartialContent {
		t.Fatalf("%s, %v", resp.Status, err)
	}
	if len(body) != 10 || !testserver.MatchesPattern([]byte(body), 4999999990) {
		t.Errorf("got %v", []byte(body))
	}
}

func TestHTTPHangsUpMidBody(t *testing.T) {
	for name, config := range kinds {
		t.Run(name, func(t *testing.T) {
			s := testserver.NewHTTP(t, config)
			_, body, err := do(t, client(t, s), request(t, http.MethodGet, s.URL("/close-mid-body"), nil))
			if err == nil || len(body) != 500 {
				t.Errorf("got %d bytes and error %v, want 500 and an error", len(body), err)
			}
			if name == "h1" && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestHTTPTrailersAndEarlyHints(t *testing.T) {
	for name, config := range kinds {
		t.Run(name, func(t *testing.T) {
			s := testserver.NewHTTP(t, config)
			c := client(t, s)
			if resp, _ := get(t, c, s.URL("/trailers")); resp.Trailer.Get("X-Trailer") != "after the body" {
				t.Errorf("trailers are %v", resp.Trailer)
			}
			hints := 0
			r := request(t, http.MethodGet, s.URL("/early-hints"), nil)
			r = r.WithContext(httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{
				Got1xxResponse: func(code int, h textproto.MIMEHeader) error {
					if code == http.StatusEarlyHints && h.Get("Link") != "" {
						hints++
					}
					return nil
				},
			}))
			resp, _, err := do(t, c, r)
			if err != nil || hints != 1 || resp.Header.Get("Link") != "" || resp.Header.Get("X-Final") != "yes" {
				t.Errorf("%d hints, then %v, error %v", hints, resp.Header, err)
			}
		})
	}
}

func TestHTTPStatus(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for path, want := range map[string]int{"/status/204": 204, "/status/503": 503, "/status/100": 400, "/bytes/x": 400, "/nowhere": 404} {
		if resp, _ := get(t, client(t, s), s.URL(path)); resp.StatusCode != want {
			t.Errorf("%s: %s, want %d", path, resp.Status, want)
		}
	}
}
