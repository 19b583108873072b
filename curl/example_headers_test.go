//go:build cgo

package curl_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Request headers are an option. Every libcurl hands over the header lines of the response as they come; since 7.83.0
// it also keeps them to be asked for.
func ExampleEasy_Headers() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Answer", "hello "+r.Header.Get("X-Name"))
	}))
	defer server.Close()

	var lines []string
	h, err := curl.New(
		opt.URL(server.URL),
		opt.HTTPHeader([]string{"X-Name: gopher"}),
		opt.HeaderFunction(func(line []byte) error {
			lines = append(lines, strings.TrimSpace(string(line)))
			return nil
		}),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	fmt.Println(lines[0], slices.Contains(lines, "X-Answer: hello gopher"))

	fields, err := h.Headers(curl.FromHeader)
	found := slices.ContainsFunc(fields, func(f curl.Header) bool { return f.Name == "X-Answer" && f.Value == "hello gopher" })
	fmt.Println(found || errors.Is(err, curl.ErrUnsupported))
	// Output:
	// HTTP/1.1 200 OK true
	// true
}
