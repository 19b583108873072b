package curl_test

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// FuzzURL takes any text apart: it is refused with a typed error, or else what comes out is a URL that comes out the same
// when it is put in again, whole or part by part.
func FuzzURL(f *testing.F) {
	for _, c := range urlCorpus {
		f.Add(c.text, uint(0))
	}
	for i, text := range []string{
		"example.com", "ftp.example.com/x", "//h/x", "h:1/x", "http:/h", "http:///h", "file:///c:/x", "a b", "http://h/a b?c d#e f", "HTTP://H",
		"http://h/%", "http://%41/", "http://h:/", "http://h:0/", "http://h:00080/", "http://u;o:p@h", "smtp://u;AUTH=x:p@h", "zz://", "zz:///x",
		"http://[::1", "http://[::1%25eth0]", "http://[v1.x]/", "http://h/../../x/./y", "http://h/\x00", "http://ü/", "http://xn--/", "\xff://h",
		strings.Repeat("a", 5000), "http://" + strings.Repeat("h.", 500),
	} {
		f.Add(text, uint(i)*97)
	}
	f.Fuzz(func(t *testing.T, text string, bits uint) {
		flags := curl.URLFlag(bits) & (curl.URLNoGuessScheme<<1 - 1)
		u, err := curl.ParseURL(text, flags)
		var unsupported *curl.UnsupportedError
		switch {
		case errors.Is(err, curl.ErrNoCgo):
			t.Skip("this build has no libcurl at all")
		case errors.As(err, &unsupported):
			return
		case err != nil:
			var e *curl.URLError
			if !errors.As(err, &e) || e.Code == codes.URLOK || e.Part != curl.PartURL {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		defer u.Close()
		parts := maps.Collect(u.Parts())
		clone, err := u.Clone()
		if err != nil {
			t.Fatal(err)
		}
		defer clone.Close()
		if !maps.Equal(maps.Collect(clone.Parts()), parts) {
			t.Errorf("%v: the clone has %v", parts, clone)
		}
		// 8.14.1 and older take in a whole what they refuse in a part, and write what they cannot read ("file:00"); without a
		// host even the newest does.
		if olderThan(t, 0x081600) || flags&curl.URLNoAuthority != 0 {
			return
		}
		sameAgain(t, u, flags)
		if net, err := u.NetURL(); err == nil {
			if again, err := curl.URLFrom(net, flags); err != nil {
				t.Errorf("%q: from net/url's %q: %v", text, net, err)
			} else {
				again.Close()
			}
		}
	})
}

func sameAgain(t *testing.T, u *curl.URL, flags curl.URLFlag) {
	t.Helper()
	built, err := curl.NewURL()
	if err != nil {
		t.Fatal(err)
	}
	defer built.Close()
	for part, text := range u.Parts() {
		if err := built.Set(part, text, curl.URLNonSupportScheme|flags&curl.URLAllowSpace); err != nil {
			t.Errorf("%v: %v=%q: %v", u, part, text, err)
		}
	}
	if !strings.EqualFold(built.String(), u.String()) { // %2f or %2F
		t.Errorf("%q, put together from its parts %q", u, built)
	}
	again, err := curl.ParseURL(u.String(), flags)
	if err != nil {
		t.Errorf("%q: %v", u, err)
		return
	}
	defer again.Close()
	if again.String() != u.String() {
		t.Errorf("%q is parsed again as %q", u, again)
	}
}
