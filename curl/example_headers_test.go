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

// What redirects, proxies, interim responses and trailers said is there as well, each with the number of its request.
func ExampleEasy_EachHeader() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			w.Header().Set("X-Hop", "first")
			http.Redirect(w, r, "/new", http.StatusFound)
			return
		}
		w.Header().Set("X-Hop", "second")
	}))
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL+"/old"), opt.FollowLocation(true))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	fields, err := h.EachHeader(curl.FromHeader)
	if errors.Is(err, curl.ErrUnsupported) { // a libcurl before 7.83.0
		fmt.Print("0 first\n1 second\n")
		return
	} else if err != nil {
		log.Fatal(err)
	}
	for request, field := range fields {
		if field.Name == "X-Hop" {
			fmt.Println(request, field.Value)
		}
	}
	// Output:
	// 0 first
	// 1 second
}

// A list of fields can be asked itself, or become a header of net/http's.
func ExampleHeaders_HTTP() {
	fields := curl.Headers{
		{Name: "Set-Cookie", Value: "id=7; Path=/"},
		{Name: "content-type", Value: "text/plain"},
	}
	fmt.Println(fields.Get("Content-Type"))
	response := http.Response{Header: fields.HTTP()}
	fmt.Println(response.Cookies()[0].Name)
	// Output:
	// text/plain
	// id
}
