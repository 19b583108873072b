//go:build cgo

package curl_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Write the body to a file, or to any other io.Writer.
func ExampleOutput() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "kept in a file")
	}))
	defer server.Close()

	file, err := os.CreateTemp("", "example-*.txt")
	if err != nil {
		log.Fatal(err)
	}
	defer os.Remove(file.Name())

	h, err := curl.New(opt.URL(server.URL), curl.Output(file))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
	text, err := os.ReadFile(file.Name())
	fmt.Println(string(text), err)
	// Output: kept in a file <nil>
}

// Upload from an io.Reader: a PUT in HTTP, a STOR in FTP.
func ExampleEasy_Input() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s of %d bytes: %s", r.Method, r.ContentLength, body)
	}))
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL), opt.Upload(true))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Input(strings.NewReader("all of this")); err != nil {
		log.Fatal(err)
	}
	answer, err := h.Fetch(context.Background())
	fmt.Println(string(answer), err)
	// Output: PUT of 11 bytes: all of this <nil>
}

// A body is written while it is sent. When nobody writes any more, it is the end of the context that has to end the pipe.
func ExampleEasy_Input_pipe() {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { io.ReadAll(r.Body) }))
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL), opt.Upload(true))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	r, w := io.Pipe()
	if err := h.Input(r); err != nil {
		log.Fatal(err)
	}
	go io.WriteString(w, "the beginning") // and no w.Close

	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	defer context.AfterFunc(ctx, func() { w.CloseWithError(ctx.Err()) })()
	fmt.Println(errors.Is(h.Perform(ctx), context.DeadlineExceeded))
	// Output: true
}

// A form or any other body that is in memory needs no reader.
func ExampleEasy_Fetch_post() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s, name=%s", r.Method, r.FormValue("name"))
	}))
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL), opt.PostFields([]byte("name=gopher&lang=go")))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	answer, err := h.Fetch(context.Background())
	fmt.Println(string(answer), err)
	// Output: POST, name=gopher <nil>
}
