package testserver

import (
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"hash"
	"net/http"
	"regexp"
	"strings"
	"sync"
)

// User and Password are what every peer that asks for them accepts.
const (
	User     = "user"
	Password = "secret"
)

const realm = "testserver"

func serveBasic(w http.ResponseWriter, r *http.Request) {
	user, password, _ := r.BasicAuth()
	if user != User || password != Password {
		w.Header().Set("WWW-Authenticate", `Basic realm="`+realm+`"`)
		http.Error(w, "who are you?", http.StatusUnauthorized)
		return
	}
	write(w, "welcome "+user+"\n")
}

// digestAuth is RFC 7616 with qop=auth. It knows every nonce that it gave out.
type digestAuth struct{ nonces sync.Map }

func (d *digestAuth) serve(w http.ResponseWriter, r *http.Request) {
	algorithm, newHash := "MD5", md5.New
	if param(r, "algorithm") == "SHA-256" {
		algorithm, newHash = "SHA-256", sha256.New
	}
	if d.accepts(r, newHash) {
		write(w, "welcome "+User+"\n")
		return
	}
	nonce := rand.Text()
	d.nonces.Store(nonce, true)
	w.Header().Set("WWW-Authenticate",
		fmt.Sprintf(`Digest realm="%s", qop="auth", algorithm=%s, nonce="%s"`, realm, algorithm, nonce))
	http.Error(w, "who are you?", http.StatusUnauthorized)
}

func (d *digestAuth) accepts(r *http.Request, newHash func() hash.Hash) bool {
	scheme, rest, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Digest") {
		return false
	}
	got := digestFields(rest)
	if _, known := d.nonces.Load(got["nonce"]); !known || got["uri"] != r.RequestURI {
		return false
	}
	sum := func(parts ...string) string {
		h := newHash()
		_, _ = h.Write([]byte(strings.Join(parts, ":")))
		return fmt.Sprintf("%x", h.Sum(nil))
	}
	return got["response"] == sum(sum(User, realm, Password),
		got["nonce"], got["nc"], got["cnonce"], got["qop"], sum(r.Method, got["uri"]))
}

var digestField = regexp.MustCompile(`(\w+)=(?:"([^"]*)"|([^\s,]+))`)

func digestFields(s string) map[string]string {
	fields := map[string]string{}
	for _, m := range digestField.FindAllStringSubmatch(s, -1) {
		fields[m[1]] = m[2] + m[3]
	}
	return fields
}
