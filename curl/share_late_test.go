package curl_test

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// TestLateLinesDoNotComeInsideACallInsideALateLine: debug lines of a member of a confined share come after libcurl has
// let go of the share. A call on a member inside one of them let go of it, too, and delivered the next line while the
// first one's callback had the driver's lock released: "unlock of unlocked mutex".
func TestLateLinesDoNotComeInsideACallInsideALateLine(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true}) // about which libcurl has many lines to say at once
	share, err := curl.NewConfinedShare(confinedKinds(t)...)
	if err != nil {
		t.Fatal(err)
	}
	var h, other *curl.Easy
	lines, depth, deepest := 0, 0, 0
	h = stateEasyUnowned(t, opt.URL(s.URL("/cookies?a=1")), opt.NoProxy("*"), opt.CookieFile(""), opt.SSLVerifyPeer(false), opt.Verbose(true),
		opt.CloseSocketFunction(closeFD), // which has all callbacks run on the spot
		opt.DebugFunction(func(opt.DebugKind, []byte) {
			depth++
			lines, deepest = lines+1, max(deepest, depth)
			for _, e := range []*curl.Easy{h, other} {
				if _, err := curl.Info(e, info.EffectiveURL); err != nil {
					t.Error(err)
				}
			}
			depth--
		}))
	other = stateEasyUnowned(t, opt.URL(s.URL("/")), opt.NoProxy("*"))
	attach(t, share, h, other)
	for range 3 {
		if err := h.Perform(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if lines < 10 || deepest != 1 {
		t.Errorf("%d lines, up to %d inside one another", lines, deepest)
	}
	h.Close()
	other.Close()
	if err := share.Close(); err != nil {
		t.Error(err)
	}
}
