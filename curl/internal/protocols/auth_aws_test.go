//go:build linux

package protocols

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// signature computes what AWS wants for a request: version 4 of its process, from the headers that the client says it has signed.
func signature(r *http.Request, body []byte, secret, scope, signed string) string {
	hash := func(s []byte) string { h := sha256.Sum256(s); return hex.EncodeToString(h[:]) }
	mac := func(key []byte, s string) []byte {
		m := hmac.New(sha256.New, key)
		m.Write([]byte(s))
		return m.Sum(nil)
	}
	var headers strings.Builder
	for name := range strings.SplitSeq(signed, ";") {
		value := r.Header.Get(name)
		if name == "host" {
			value = r.Host
		}
		headers.WriteString(name + ":" + strings.TrimSpace(value) + "\n")
	}
	content := r.Header.Get("X-Amz-Content-Sha256")
	if content == "" {
		content = hash(body)
	}
	request := strings.Join([]string{r.Method, r.URL.EscapedPath(), r.URL.RawQuery, headers.String(), signed, content}, "\n")
	text := strings.Join([]string{"AWS4-HMAC-SHA256", r.Header.Get("X-Amz-Date"), scope, hash([]byte(request))}, "\n")
	key := []byte("AWS4" + secret)
	for part := range strings.SplitSeq(scope, "/") {
		key = mac(key, part)
	}
	return hex.EncodeToString(mac(key, text))
}

// awsSite answers with the body, if it is signed right.
func awsSite(t *testing.T) *site {
	target := testserver.NewHTTP(t, testserver.HTTPConfig{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var key, signed, sig string
		_, err := fmt.Sscanf(strings.ReplaceAll(r.Header.Get("Authorization"), ",", " "), "AWS4-HMAC-SHA256 Credential=%s SignedHeaders=%s Signature=%s", &key, &signed, &sig)
		id, scope, _ := strings.Cut(key, "/")
		if want := signature(r, body, password, scope, signed); err != nil || id != user || sig != want || !strings.HasSuffix(scope, "/eu-west-1/things/aws4_request") {
			http.Error(w, fmt.Sprintf("%v: %v", r.Header, err), http.StatusForbidden)
			return
		}
		io.WriteString(w, "signed: "+string(body))
	})})
	return &site{peer: newPeer(t), url: func(string) string { return target.URL("/own/thing") },
		options: []opt.Option{opt.UserPassword(user + ":" + password)}, wrong: []opt.Option{opt.UserPassword(user + ":guess")}}
}

// signs sets the option, if this libcurl has it.
func signs(t *testing.T, h *curl.Easy) bool {
	t.Helper()
	err := h.Set(opt.AWSSigV4("aws:amz:eu-west-1:things"))
	if v, _ := curl.Version(); v.Num < 0x074b00 {
		if err == nil {
			t.Error("CURLOPT_AWS_SIGV4 is newer than this libcurl, and there is no error")
		}
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	return true
}

func signedDownload(t *testing.T) {
	s := awsSite(t)
	if h := s.handle(""); signs(t, h) {
		s.gets(h, "signed: ")
	}
}

func signedUpload(t *testing.T) {
	s := awsSite(t)
	if h := s.handle("", opt.PostFields([]byte("content"))); signs(t, h) {
		s.gets(h, "signed: content")
	}
}

func signedWrong(t *testing.T) {
	s := awsSite(t)
	if h := handle(t, append(s.wrong, opt.URL(s.url("")))...); signs(t, h) {
		s.status(h, 403)
	}
}
