package curl_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// What one handle has been told turns another's http into https.
func TestHSTSCacheGoesFromHandleToHandle(t *testing.T) {
	t.Parallel()
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Strict-Transport-Security", "max-age=1000; includeSubDomains")
		w.Write([]byte("safe"))
	})})
	host := testserver.ServerName
	var cache curl.HSTSCache
	options := append(cache.Options(), opt.CAInfo(s.CAFile(t)), opt.NoProxy("*"),
		opt.ConnectTo([]string{host + ":443:" + s.Addr(), "www." + host + ":443:" + s.Addr()}))
	if !has(t, options[0]) {
		return
	}
	first := handleWith(t, options...)
	setAll(t, first, opt.URL("https://"+host+"/own/"))
	arrives(t, first, "safe")
	if list := cache.Entries(); list != nil {
		t.Errorf("before Close: %v", list)
	}
	first.Close()
	list := cache.Entries()
	if len(list) != 1 || list[0].Host != host || !list[0].IncludeSubdomains || time.Until(list[0].Expire) > 1001*time.Second {
		t.Fatalf("%v", list)
	}
	second := handleWith(t, append(options, cache.Options()...)...)
	setAll(t, second, opt.URL("http://www."+host+"/own/"))
	arrives(t, second, "safe")
	wantInfo(t, second, info.EffectiveURL, "https://www."+host+"/own/")
}

func TestHSTSCacheEntries(t *testing.T) {
	t.Parallel()
	now := time.Now()
	var c curl.HSTSCache
	c.Add(opt.HSTSEntry{Host: "b.test", Expire: now.Add(time.Hour)}, opt.HSTSEntry{Host: "a.test"}, opt.HSTSEntry{Host: "old.test", Expire: now.Add(-time.Hour)})
	c.Add(opt.HSTSEntry{Host: "B.test.", Expire: now.Add(time.Minute)}, opt.HSTSEntry{Host: "a.test", Expire: now.Add(time.Hour)}) // shorter than what there is
	list := c.Entries()
	if len(list) != 2 || list[0].Host != "a.test" || !list[0].Expire.IsZero() || list[1].Host != "b.test" || !list[1].Expire.Equal(now.Add(time.Hour)) {
		t.Errorf("%v", list)
	}
	c.Add(opt.HSTSEntry{Host: "b.test", Expire: now.Add(2 * time.Hour), IncludeSubdomains: true})
	c.Remove("A.TEST")
	if list = c.Entries(); len(list) != 1 || !list[0].IncludeSubdomains {
		t.Errorf("%v", list)
	}
}
