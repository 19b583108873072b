//go:build cgo

package curl_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Fetch a page into memory.
func Example() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "hello from %s", r.URL.Path)
	}))
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL+"/world"), opt.FollowLocation(true), opt.Timeout(10*time.Second))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	body, err := h.Fetch(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n", body)
	// Output: hello from /world
}

// The key says which type the answer has.
func ExampleInfo() {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	status, err := curl.Info(h, info.ResponseCode) // an int
	if err != nil {
		log.Fatal(err)
	}
	elapsed, err := curl.Info(h, info.TotalTime) // a time.Duration
	if err != nil {
		log.Fatal(err)
	}
	peer, err := curl.Info(h, info.PrimaryIP) // a netip.Addr
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(status, elapsed > 0, peer)
	// Output: 404 true 127.0.0.1
}

// A handle keeps its options and its connection from one transfer to the next.
func ExampleEasy_Perform_again() {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()

	h, err := curl.New(opt.UserAgent("example/1.0"))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	for _, path := range []string{"/a", "/b"} {
		if err := h.Set(opt.URL(server.URL + path)); err != nil {
			log.Fatal(err)
		}
		if err := h.Perform(context.Background()); err != nil {
			log.Fatal(err)
		}
		opened, err := curl.Info(h, info.NumConnects)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s opened %d connections\n", path, opened)
	}
	// Output:
	// /a opened 1 connections
	// /b opened 0 connections
}
