package curl

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// HSTSCache keeps, in Go's memory, which hosts are to be reached by HTTPS only (HTTP Strict Transport Security), for any
// number of handles one after the other or side by side; opt.HSTS does the same with a file. The zero HSTSCache is empty and ready.
// Every method may be called from any goroutine. It must not be copied.
//
// libcurl has these lists since 7.74.0 (before, setting the options is an *UnsupportedError), when built with FeatureHSTS
// (without, an *OptionError with codes.UnknownOption, which matches ErrUnsupported, too).
//
// https://curl.se/libcurl/c/CURLOPT_HSTSREADFUNCTION.html, https://curl.se/libcurl/c/CURLOPT_HSTSWRITEFUNCTION.html
type HSTSCache struct {
	_  noCopy
	mu sync.Mutex // guards entries

	entries map[string]opt.HSTSEntry // by lower-case host
}

// Options are what connects a handle to the cache: it begins each transfer with what the cache knows, and adds what it
// has learned when it is closed. Ask anew for each handle.
func (c *HSTSCache) Options() []opt.Option {
	r := hstsReader{cache: c}
	return []opt.Option{
		opt.HSTSControl(opt.HSTSEnable),
		opt.HSTSReadFunction(r.next),
		opt.HSTSWriteFunction(func(e opt.HSTSEntry, index, total int) error {
			c.Add(e)
			return nil
		}),
	}
}

// Add puts entries in. One that there is already for the same host is replaced, unless it is valid for longer.
func (c *HSTSCache) Add(entries ...opt.HSTSEntry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries == nil {
		c.entries = map[string]opt.HSTSEntry{}
	}
	for _, e := range entries {
		host := hstsHost(e.Host)
		if old, ok := c.entries[host]; !ok || outlives(e, old) {
			c.entries[host] = e
		}
	}
}

// outlives says that e is valid for as long as old or longer; without an end is longest.
func outlives(e, old opt.HSTSEntry) bool {
	return e.Expire.IsZero() || !old.Expire.IsZero() && !e.Expire.Before(old.Expire)
}

// Remove forgets hosts. A handle that is open knows them until it is closed, and then adds them again.
func (c *HSTSCache) Remove(hosts ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, host := range hosts {
		delete(c.entries, hstsHost(host))
	}
}

// Entries returns what is valid now, in the order of the hosts. An Expire that is zero is never.
func (c *HSTSCache) Entries() []opt.HSTSEntry {
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.entries, func(_ string, e opt.HSTSEntry) bool { return expired(e) })
	return slices.SortedFunc(maps.Values(c.entries), func(a, b opt.HSTSEntry) int { return cmp.Compare(a.Host, b.Host) })
}

// hstsReader hands out the entries one by one, and begins again after the last.
type hstsReader struct {
	cache *HSTSCache

	mu   sync.Mutex // a clone of the handle has the same function
	left []opt.HSTSEntry
	on   bool // left is what the reading in progress has not had
}

func (r *hstsReader) next() (e opt.HSTSEntry, ok bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.on {
		r.left, r.on = r.cache.Entries(), true
	}
	if len(r.left) == 0 {
		r.on = false
		return e, false, nil
	}
	e, r.left = r.left[0], r.left[1:]
	return e, true, nil
}
