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

// The loop of a program that comes from C: perform, read messages, poll.
func ExampleMulti() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/missing" {
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer server.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	m, err := curl.NewMulti()
	if err != nil {
		log.Fatal(err)
	}
	defer m.Close()
	statuses := map[int]int{}
	for _, path := range []string{"/one", "/two", "/missing"} {
		h, err := curl.New(opt.URL(server.URL + path))
		if err != nil {
			log.Fatal(err)
		}
		defer h.Close()
		if err := m.Add(h); err != nil {
			log.Fatal(err)
		}
	}
	for running := 1; running > 0; {
		if running, err = m.Perform(); err != nil {
			log.Fatal(err)
		}
		for msg := range m.Messages() {
			if msg.Err != nil {
				log.Fatal(msg.Err)
			}
			status, _ := curl.Info(msg.Easy, info.ResponseCode)
			statuses[status]++
			if err := m.Remove(msg.Easy); err != nil { // to Perform on its own, or be added again
				log.Fatal(err)
			}
		}
		if running > 0 {
			if _, err := m.Poll(ctx, time.Second); err != nil {
				log.Fatal(err)
			}
		}
	}
	fmt.Println(statuses)
	// Output: map[200:2 404:1]
}
