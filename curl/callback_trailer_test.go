package curl_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Trailers come after the body, all of them.
func TestTrailers(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		io.WriteString(w, string(body)+" "+r.Trailer.Get("X-Sum")+" "+r.Trailer.Get("X-More"))
	})})
	upload := func(lines ...string) (string, error) {
		h := easy(t, opt.URL(s.URL("/own/")), opt.Upload(true), opt.ReadFunction(strings.NewReader("abc").Read),
			opt.HTTPHeader([]string{"Transfer-Encoding: chunked", "Trailer: X-Sum, X-More", "Expect:"}),
			opt.TrailerFunction(func() ([]string, error) { return lines, nil }))
		body, err := h.Fetch(patient(t))
		return string(body), err
	}
	if !has(t, opt.TrailerFunction(func() ([]string, error) { return nil, nil })) {
		return
	}
	if body, err := upload("X-Sum: 900150", "X-More: yes"); err != nil || body != "abc 900150 yes" {
		t.Errorf("the server saw %q, %v", body, err)
	}
	if body, err := upload(); err != nil || body != "abc  " {
		t.Errorf("without trailers the server saw %q, %v", body, err)
	}
	for _, line := range []string{"X-Sum: a\x00b", "X-Sum: a\r\nX-Evil: b"} {
		if _, err := upload(line); err == nil || !strings.Contains(err.Error(), "line end") {
			t.Errorf("%q: %v", line, err)
		}
	}
}
