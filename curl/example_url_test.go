//go:build cgo

package curl_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// What is missing, and what is wrong, comes as an error that can be told apart.
func ExampleParseURL() {
	u, err := curl.ParseURL("https://me@example.com:8443/a/../b?x=1#top")
	if err != nil {
		log.Fatal(err)
	}
	host, err := u.Get(curl.PartHost)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(host, u)

	_, err = u.Get(curl.PartPassword)
	fmt.Println("no password:", errors.Is(err, curl.ErrNoPart))
	_, err = curl.ParseURL("https://example.com:99999/")
	fmt.Println("bad port:", errors.Is(err, codes.URLBadPortNumber))
	// Output:
	// example.com https://me@example.com:8443/b?x=1#top
	// no password: true
	// bad port: true
}

// Parts are set as they stand in a URL, or encoded on the way. A relative URL goes on from where the URL points.
func ExampleURL_Set() {
	u, err := curl.ParseURL("https://example.com/search")
	if err != nil {
		log.Fatal(err)
	}
	for _, term := range []string{"q=cats & dogs", "page=2"} {
		if err := u.Set(curl.PartQuery, term, curl.URLAppendQuery, curl.URLEncode); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(u)
	if err := u.Parse("../images/cat.png"); err != nil {
		log.Fatal(err)
	}
	fmt.Println(u)
	// Output:
	// https://example.com/search?q=cats+%26+dogs&page=2
	// https://example.com/images/cat.png
}

func ExampleURL_Parts() {
	u, err := curl.ParseURL("ftp://anonymous@example.com/pub/a%20b")
	if err != nil {
		log.Fatal(err)
	}
	for part, text := range u.Parts(curl.URLDecode) {
		fmt.Printf("%v=%s\n", part, text)
	}
	// Output:
	// scheme=ftp
	// user=anonymous
	// host=example.com
	// path=/pub/a b
}

// One URL for several transfers: each goes where it points when it begins.
func ExampleEasy_SetURL() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.URL.Path) }))
	defer server.Close()

	u, err := curl.ParseURL(server.URL)
	if err != nil {
		log.Fatal(err)
	}
	h, err := curl.New()
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.SetURL(u); err != nil {
		log.Fatal(err)
	}
	for _, path := range []string{"/one", "/two"} {
		if err := u.Set(curl.PartPath, path); err != nil {
			log.Fatal(err)
		}
		body, err := h.Fetch(context.Background())
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s\n", body)
	}
	// Output:
	// /one
	// /two
}

// A URL of Go's goes to libcurl, and a copy of it its own way.
func ExampleURLFrom() {
	net := &url.URL{Scheme: "https", Host: "example.com", Path: "/a b", RawQuery: "x=1"}
	u, err := curl.URLFrom(net)
	if err != nil {
		log.Fatal(err)
	}
	other, err := u.Clone()
	if err != nil {
		log.Fatal(err)
	}
	if err := other.Set(curl.PartQuery, "y=2", curl.URLAppendQuery); err != nil {
		log.Fatal(err)
	}
	fmt.Println(u)
	fmt.Println(other)
	// Output:
	// https://example.com/a%20b?x=1
	// https://example.com/a%20b?x=1&y=2
}

// Two parsers can see two hosts in one text. Ask the one that fetches.
func ExampleURL_NetURL() {
	u, err := curl.ParseURL("http:/intranet/")
	if err != nil {
		log.Fatal(err)
	}
	net, err := u.NetURL()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(net.Host)
	// Output: intranet
}
