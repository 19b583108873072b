//go:build cgo

package curl_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Several handles have one list of the hosts that are to be reached by HTTPS only, which the program can fill and keep.
func ExampleHSTSCache() {
	var cache curl.HSTSCache
	cache.Add(opt.HSTSEntry{Host: "example.com", IncludeSubdomains: true, Expire: time.Now().Add(24 * time.Hour)})

	for range 2 {
		h, err := curl.New(append(cache.Options(), opt.URL("http://www.example.com/"))...) // goes to https://
		if errors.Is(err, codes.UnknownOption) {                                           // this libcurl was built without
			break
		} else if err != nil {
			log.Fatal(err)
		}
		defer h.Close()
	}
	for _, e := range cache.Entries() {
		fmt.Println(e.Host, e.IncludeSubdomains)
	}
	// Output: example.com true
}
