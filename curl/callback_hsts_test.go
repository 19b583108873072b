package curl_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Entries that are read turn http into https, and come back when the handle is closed.
func TestHSTSEntries(t *testing.T) {
	expire := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	entries := []opt.HSTSEntry{
		{Host: testserver.ServerName, IncludeSubdomains: true, Expire: expire},
		{Host: "other.test", Expire: expire.Add(time.Minute)},
	}
	next, asked := 0, 0
	read := opt.HSTSReadFunction(func() (opt.HSTSEntry, bool, error) {
		asked++
		if next == len(entries) {
			return opt.HSTSEntry{}, false, nil
		}
		next++
		return entries[next-1], true, nil
	})
	if !has(t, read) {
		return
	}
	var written []opt.HSTSEntry
	write := opt.HSTSWriteFunction(func(e opt.HSTSEntry, index, total int) error {
		if index != len(written) || total != len(entries) {
			t.Errorf("entry %d of %d comes as number %d", index, total, len(written))
		}
		written = append(written, e)
		return nil
	})
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	h := easy(t, opt.URL("http://www."+testserver.ServerName+"/"), opt.HSTSControl(opt.HSTSEnable), read, write, opt.CAInfo(caFile(t, s.CA())),
		opt.ConnectTo([]string{"www." + testserver.ServerName + ":443:" + s.Addr()}))
	if body, err := h.Fetch(patient(t)); err != nil || string(body) != "hello\n" {
		t.Fatalf("%q, %v", body, err)
	}
	if asked < len(entries)+1 || written != nil {
		t.Errorf("read %d times; written before Close: %v", asked, written)
	}
	h.Close()
	slices.SortFunc(written, func(a, b opt.HSTSEntry) int { return strings.Compare(b.Host, a.Host) })
	if !slices.EqualFunc(written, entries, func(a, b opt.HSTSEntry) bool {
		return a.Host == b.Host && a.IncludeSubdomains == b.IncludeSubdomains && a.Expire.Equal(b.Expire)
	}) {
		t.Errorf("written %v, want %v", written, entries)
	}
}

// Names that libcurl has no room for are refused, not cut, and so is none, with words that say what is wrong.
func TestHSTSNames(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{})
	for _, name := range []string{strings.Repeat("a", 5000), "a\x00b", ""} {
		read := opt.HSTSReadFunction(func() (opt.HSTSEntry, bool, error) { return opt.HSTSEntry{Host: name}, true, nil })
		if !has(t, read) {
			return
		}
		h := easy(t, opt.URL(s.URL("/")), opt.HSTSControl(opt.HSTSEnable), read)
		if err := h.Perform(patient(t)); err == nil || !strings.Contains(err.Error(), "HSTS entry") {
			t.Errorf("%.10q: %v", name, err)
		}
	}
}
