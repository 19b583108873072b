package curl_test

import (
	"slices"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// written is what a handle that is closed has, as libcurl's list has it.
func written(t *testing.T, h *curl.Easy) (hosts []string) {
	t.Helper()
	setAll(t, h, opt.HSTSWriteFunction(func(e opt.HSTSEntry, _, _ int) error {
		hosts = append(hosts, e.Host)
		return nil
	}))
	h.Close()
	slices.Sort(hosts)
	return hosts
}

// A handle that was used for long had every entry of an HSTSCache once more after each transfer, and so had a share by each
// member.
func TestHSTSEntriesOfAHandleOrShareDoNotBecomeMoreWithEachTransfer(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	var cache curl.HSTSCache
	cache.Add(opt.HSTSEntry{Host: "a.test"}, opt.HSTSEntry{Host: "b.test", Expire: time.Now().Add(time.Hour)})
	options := append(cache.Options(), opt.URL(s.URL("/")))
	if !has(t, options[0]) {
		return
	}
	use := func(h *curl.Easy) {
		for range 3 {
			cache.Add(opt.HSTSEntry{Host: "b.test", Expire: time.Now().Add(2 * time.Hour)}) // as a handle does that is closed
			arrives(t, h, "hello\n")
		}
	}
	want := []string{"a.test", "b.test"}
	h := easy(t, options...)
	use(h)
	setAll(t, h, cache.Options()...)
	use(h)
	cache.Add(opt.HSTSEntry{Host: "c.test"})
	use(h)
	if got := written(t, h); !slices.Equal(got, append(want, "c.test")) {
		t.Errorf("the handle has %v", got)
	}
	cache.Remove("c.test")
	if version(t).Num < 0x075800 {
		return // it cannot share them
	}
	share := newConfined(t, curl.ShareHSTS)
	var members []*curl.Easy
	for range 3 {
		h := easy(t, append(cache.Options(), opt.URL(s.URL("/")))...)
		attach(t, share, h)
		use(h)
		members = append(members, h)
	}
	if got := written(t, members[0]); !slices.Equal(got, want) {
		t.Errorf("the share has %v", got)
	}
}

// Whoever has another list, or an emptied one, is given them all.
func TestHSTSEntriesComeAgainForAnotherListOrShare(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	host := testserver.ServerName
	var cache curl.HSTSCache
	cache.Add(opt.HSTSEntry{Host: host})
	options := append(cache.Options(), opt.CAInfo(s.CAFile(t)), opt.ConnectTo([]string{host + ":443:" + s.Addr(), "www." + host + ":443:" + s.Addr()}))
	if !has(t, options[0]) {
		return
	}
	secure := func(h *curl.Easy, host string) {
		t.Helper()
		setAll(t, h, opt.URL("http://"+host+"/"))
		arrives(t, h, "hello\n")
		wantInfo(t, h, info.EffectiveURL, "https://"+host+"/")
	}
	h := easy(t, options...)
	secure(h, host)
	unset := func(id opt.ID) {
		if err := h.Unset(id); err != nil {
			t.Error(err)
		}
		setAll(t, h, opt.HSTSControl(opt.HSTSEnable))
	}
	for _, empty := range []func(){
		func() { setAll(t, h, opt.HSTSControl(0), opt.HSTSControl(opt.HSTSEnable)) },
		func() { unset(opt.IDHSTS) },
		func() { unset(opt.IDHSTSControl) },
		func() {
			if err := h.Reset(); err != nil {
				t.Error(err)
			}
			setAll(t, h, options...)
		},
		func() {
			if version(t).Num < 0x075800 {
				return // it cannot share them
			}
			share := newConfined(t, curl.ShareHSTS)
			attach(t, share, h)
			secure(h, host)
			if err := share.Detach(h); err != nil {
				t.Error(err)
			}
			setAll(t, h, opt.HSTSControl(opt.HSTSEnable))
		},
	} {
		empty()
		secure(h, host)
	}
	cache.Add(opt.HSTSEntry{Host: host, IncludeSubdomains: true})
	clone, err := h.Clone() // for which libcurl reads them, too
	if err != nil {
		t.Fatal(err)
	}
	defer clone.Close()
	secure(clone, "www."+host)
	secure(h, "www."+host)
}
