package protocols

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

const own = "the tests' own"

func TestBearer(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer token.of-mine_1" {
			w.Header().Set("WWW-Authenticate", `Bearer realm="peer"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, "welcome")
	}))
	t.Cleanup(s.Close)
	login(t, "Bearer authentication", own, s.URL, "welcome", []opt.Option{opt.XOAuth2Bearer("token.of-yours")},
		opt.HTTPAuth(opt.AuthBearer), opt.XOAuth2Bearer("token.of-mine_1"))
}
