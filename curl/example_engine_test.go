//go:build cgo

package curl_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// One call, for programs that need no more: it uses the connections of earlier calls again.
func ExampleFetch() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "hello from %s", r.URL.Path)
	}))
	defer server.Close()

	for _, path := range []string{"/here", "/there"} {
		r, err := curl.Fetch(context.Background(), server.URL+path, opt.UserAgent("example/1.0"))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%d %s\n", r.Status, r.Body)
	}
	// Output:
	// 200 hello from /here
	// 200 hello from /there
}

// A hundred transfers at once, on four connections (on as many as there are handles where libcurl is older than 7.87.0).
func ExampleEngine() {
	var served atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		served.Add(1)
	}))
	defer server.Close()

	engine, err := curl.NewEngine(curl.EngineConfig{MaxPerHost: 4})
	if err != nil {
		log.Fatal(err)
	}
	defer engine.Close(context.Background())

	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			h, err := curl.New(opt.URL(server.URL))
			if err != nil {
				log.Fatal(err)
			}
			defer h.Close()
			if err := engine.Attach(h); err != nil {
				log.Fatal(err)
			}
			if err := h.Perform(context.Background()); err != nil {
				log.Fatal(err)
			}
		})
	}
	all.Wait()
	fmt.Println(served.Load(), "served")
	// Output: 100 served
}
