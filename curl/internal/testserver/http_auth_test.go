package testserver_test

import (
	"crypto/md5"
	"crypto/sha256"
	"fmt"
	"hash"
	"net/http"
	"regexp"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

func TestHTTPBasic(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	r := request(t, http.MethodGet, s.URL("/basic"), nil)
	resp, _, _ := do(t, client(t, s), r)
	if resp.StatusCode != http.StatusUnauthorized || resp.Header.Get("WWW-Authenticate") != `Basic realm="testserver"` {
		t.Errorf("without credentials: %s %v", resp.Status, resp.Header)
	}
	r.SetBasicAuth(testserver.User, testserver.Password)
	if resp, _, _ := do(t, client(t, s), r); resp.StatusCode != http.StatusOK {
		t.Errorf("with credentials: %s", resp.Status)
	}
}

func TestHTTPDigest(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for path, newHash := range map[string]func() hash.Hash{"/digest": md5.New, "/digest?algorithm=SHA-256": sha256.New} {
		sum := func(text string) string {
			h := newHash()
			_, _ = h.Write([]byte(text))
			return fmt.Sprintf("%x", h.Sum(nil))
		}
		answer := func(nonce, password string) int {
			response := sum(sum(testserver.User+":testserver:"+password) + ":" + nonce + ":00000001:c:auth:" + sum("GET:"+path))
			r := request(t, http.MethodGet, s.URL(path), nil)
			r.Header.Set("Authorization", fmt.Sprintf(`Digest username="%s", realm="testserver", nonce="%s", uri="%s", `+
				`cnonce="c", nc=00000001, qop=auth, response="%s"`, testserver.User, nonce, path, response))
			resp, _, _ := do(t, client(t, s), r)
			return resp.StatusCode
		}
		resp, _ := get(t, client(t, s), s.URL(path))
		nonce := regexp.MustCompile(`nonce="(\w+)"`).FindStringSubmatch(resp.Header.Get("WWW-Authenticate"))
		if resp.StatusCode != http.StatusUnauthorized || nonce == nil {
			t.Fatalf("%s: %s %v", path, resp.Status, resp.Header)
		}
		if status := answer(nonce[1], testserver.Password); status != http.StatusOK {
			t.Errorf("%s: right password: %d", path, status)
		}
		if status := answer(nonce[1], "guess"); status != http.StatusUnauthorized {
			t.Errorf("%s: wrong password: %d", path, status)
		}
		if status := answer("invented", testserver.Password); status != http.StatusUnauthorized {
			t.Errorf("%s: invented nonce: %d", path, status)
		}
	}
}
