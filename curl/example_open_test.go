//go:build cgo

package curl_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Look at the response first, then read its body piece by piece.
func ExampleEasy_Open() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "as long as it likes to be")
	}))
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	body, err := h.Open(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	defer body.Close()
	status, _ := curl.Info(h, info.ResponseCode)
	fmt.Println(status)
	text, err := io.ReadAll(body) // or bufio.NewScanner(body), gzip.NewReader(body), ...
	fmt.Println(string(text), err)
	// Output:
	// 200
	// as long as it likes to be <nil>
}

// io.Copy writes a body to a file, however large.
func ExampleBody_WriteTo() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, strings.Repeat("much ", 100_000))
	}))
	defer server.Close()

	file, err := os.CreateTemp("", "example-*.txt")
	if err != nil {
		log.Fatal(err)
	}
	defer os.Remove(file.Name())
	defer file.Close()

	body, err := curl.Open(context.Background(), server.URL)
	if err != nil {
		log.Fatal(err)
	}
	defer body.Close()
	n, err := io.Copy(file, body)
	fmt.Println(n, err)
	// Output: 500000 <nil>
}

// Decode JSON while it arrives.
func ExampleOpen() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"name": "gopher"} {"name": "curl"}`)
	}))
	defer server.Close()

	body, err := curl.Open(context.Background(), server.URL, opt.FailOnError(true))
	if err != nil {
		log.Fatal(err)
	}
	defer body.Close()
	decoder := json.NewDecoder(body)
	for {
		var who struct{ Name string }
		if err := decoder.Decode(&who); err == io.EOF {
			break
		} else if err != nil {
			log.Fatal(err)
		}
		fmt.Println(who.Name)
	}
	// Output:
	// gopher
	// curl
}
