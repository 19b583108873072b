package curl_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// What a server says about where else it can be reached is followed by the handle that heard it, goes to its file when
// that is closed, and is followed from the first request on by another handle that reads the file.
func TestAltSvc(t *testing.T) {
	if !version(t).Features.Has(curl.FeatureAltSvc) {
		if has(t, opt.AltSvc("")) {
			t.Error("this libcurl has no Alt-Svc and takes the option")
		}
		return
	}
	alternative := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true, Handler: says("the alternative", "")})
	origin := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true, Handler: says("the origin",
		fmt.Sprintf(`h1="127.0.0.1:%d"; ma=3600`, alternative.Port()))})
	file := filepath.Join(t.TempDir(), "alt-svc")
	options := []opt.Option{opt.URL(origin.URL("/own/")), opt.AltSvcControl(opt.AltSvcH1), opt.AltSvc(file), opt.NoProxy("*"),
		opt.SSLVerifyPeer(false), opt.ForbidReuse(true)}
	h := newHandle(t, options...)
	arrives(t, h, "the origin")
	arrives(t, h, "the alternative")
	h.Close()
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), fmt.Sprintf("h1 127.0.0.1 %d h1 127.0.0.1 %d ", origin.Port(), alternative.Port())) {
		t.Errorf("the file is %q, %v", text, err)
	}
	arrives(t, newHandle(t, options...), "the alternative")
	only := newHandle(t, append(options, opt.AltSvcControl(opt.AltSvcH2))...)
	arrives(t, only, "the origin") // there is no alternative that speaks HTTP/2
}

// says answers with a text, and with where else the server can be reached.
func says(text, elsewhere string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if elsewhere != "" {
			w.Header().Set("Alt-Svc", elsewhere)
		}
		fmt.Fprint(w, text)
	})
}
