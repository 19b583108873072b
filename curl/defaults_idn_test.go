package curl_test

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A Go process never calls setlocale, so libidn2 would take every name for ASCII.
func TestInternationalHostNames(t *testing.T) {
	v, err := curl.Version()
	if err != nil {
		t.Skip("no libcurl to test with: ", err)
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for name, want := range map[string]string{
		"bücher.example": "xn--bcher-kva.example",
		"例え.example":     "xn--r8jz45g.example",
	} {
		h := newHandle(t, opt.URL("http://"+name+"/echo"), opt.ConnectTo([]string{"::" + s.Addr()}))
		if !v.Features.Has(curl.FeatureIDN) {
			want = name // such a build hands the name through as it is
		}
		for range 2 {
			if got := echo(t, h); got.Host != want {
				t.Errorf("%s became %q", name, got.Host)
			}
		}
		if url, err := curl.Info(h, info.EffectiveURL); err != nil || url != "http://"+name+"/echo" {
			t.Errorf("the URL is %q, %v", url, err)
		}
	}
}
