//go:build cgo

package curl_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
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

// A server says where else it can be reached; a file keeps that for the next run of the program.
func ExampleNew_altSvc() {
	other := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "the other place") }))
	defer other.Close()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Alt-Svc", fmt.Sprintf("h1=%q", other.Listener.Addr()))
		fmt.Fprint(w, "the place asked for")
	}))
	defer server.Close()
	file, err := os.CreateTemp("", "alt-svc")
	if err != nil {
		log.Fatal(err)
	}
	file.Close()
	defer os.Remove(file.Name())

	for range 2 {
		h, err := curl.New(opt.URL(server.URL), opt.SSLVerifyPeer(false), // no certificate that a program could trust
			opt.AltSvc(file.Name()), opt.AltSvcControl(opt.AltSvcH1|opt.AltSvcH2|opt.AltSvcH3))
		if errors.Is(err, codes.UnknownOption) || errors.Is(err, codes.NotBuiltIn) { // this libcurl was built without
			fmt.Print("the place asked for\nthe other place\n")
			return
		} else if err != nil {
			log.Fatal(err)
		}
		body, err := h.Fetch(context.Background())
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(string(body))
		h.Close() // writes the file
	}
	// Output:
	// the place asked for
	// the other place
}
