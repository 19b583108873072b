package curl_test

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A member that turns HSTS off had libcurl before 8.21.0 free the entries that the other members were using.
func TestShareMemberThatTurnsHSTSOffLeavesTheOthersTheirEntries(t *testing.T) {
	t.Parallel()
	if version(t).Num < 0x075800 {
		t.Skip("this libcurl cannot share HSTS entries")
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	host := testserver.ServerName
	share := newConfined(t, curl.ShareHSTS)
	var cache curl.HSTSCache
	cache.Add(opt.HSTSEntry{Host: host})
	stays := easy(t, append(cache.Options(), opt.CAInfo(s.CAFile(t)), opt.ConnectTo([]string{host + ":443:" + s.Addr()}))...)
	attach(t, share, stays)
	setAll(t, stays, opt.URL("https://"+host+"/"))
	arrives(t, stays, "hello\n")
	for _, off := range []func(h *curl.Easy) error{
		func(h *curl.Easy) error { return h.Set(opt.HSTSControl(0)) },
		func(h *curl.Easy) error { return h.Unset(opt.IDHSTSControl) },
		func(h *curl.Easy) error { return h.Set(opt.HSTSControl(opt.HSTSEnable), opt.HSTSControl(0)) },
	} {
		member := easy(t)
		attach(t, share, member)
		if err := off(member); err != nil {
			t.Fatal(err)
		}
		setAll(t, stays, opt.URL("http://"+host+"/"))
		arrives(t, stays, "hello\n")
		wantInfo(t, stays, info.EffectiveURL, "https://"+host+"/")
	}
}
