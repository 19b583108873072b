//go:build cgo

package curl_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A callback pauses its transfer, and any goroutine has it go on. The bytes that were not taken come again.
func ExampleEasy_Resume() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "worth waiting for")
	}))
	defer server.Close()

	paused := make(chan struct{})
	ready := false
	h, err := curl.New(opt.URL(server.URL), opt.WriteFunction(func(p []byte) error {
		if !ready {
			ready = true
			close(paused)
			return opt.ErrPause
		}
		fmt.Println(string(p))
		return nil
	}))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()

	go func() {
		<-paused
		if err := h.Resume(curl.Receiving); err != nil {
			log.Print(err)
		}
	}()
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	// Output: worth waiting for
}

// Configure one handle, and clone it for transfers side by side.
func ExampleEasy_Clone() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s for %s", r.URL.Path, r.UserAgent())
	}))
	defer server.Close()

	model, err := curl.New(opt.UserAgent("example/1.0"))
	if err != nil {
		log.Fatal(err)
	}
	defer model.Close()

	answers := make([]chan string, 3)
	for i := range answers {
		answers[i] = make(chan string, 1)
		h, err := model.Clone()
		if err != nil {
			log.Fatal(err)
		}
		go func() {
			defer h.Close()
			if err := h.Set(opt.URL(fmt.Sprintf("%s/%d", server.URL, i))); err != nil {
				log.Print(err)
			}
			body, err := h.Fetch(context.Background())
			if err != nil {
				log.Print(err)
			}
			answers[i] <- string(body)
		}()
	}
	for _, answer := range answers {
		fmt.Println(<-answer)
	}
	// Output:
	// /0 for example/1.0
	// /1 for example/1.0
	// /2 for example/1.0
}
