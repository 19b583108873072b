//go:build cgo

package curl_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// What curl -v prints goes to slog, at debug level and without credentials.
func ExampleNew_verbose() {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()

	var text bytes.Buffer
	defer log.SetFlags(log.Flags())
	defer log.SetOutput(log.Writer()) // SetDefault takes that over, for good
	defer slog.SetDefault(slog.Default())
	slog.SetDefault(slog.New(slog.NewTextHandler(&text, &slog.HandlerOptions{Level: slog.LevelDebug})))

	h, err := curl.New(opt.URL(server.URL), opt.UserPassword("joe:secret"), opt.Verbose(true))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	fmt.Println(strings.Contains(text.String(), "GET / HTTP/1.1"), strings.Contains(text.String(), "Authorization: (redacted)"))
	// Output: true true
}

// An option that is newer than this module can be set by its number. The type of its argument is checked, by libcurl's
// own table where ours does not know it.
func ExampleEasy_Set_raw() {
	h, err := curl.New()
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	fmt.Println(h.Set(opt.RawLong(68, 3)))
	fmt.Println(h.Set(opt.RawString(68, "3")))
	// Output:
	// <nil>
	// curl: CURLOPT_MAXREDIRS: takes a long, not a string
}

// Name the libcurl to use before the first handle is made. An empty name stands for the one that GOCURL_LIBRARY names,
// or else the system's.
func ExampleLoad() {
	if err := curl.Load(""); err != nil {
		log.Fatal(err)
	}
	version, err := curl.Version()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(version.AtLeast(7, 61, 1))

	err = curl.Load("/opt/another/libcurl.so.4") // a process uses one for good
	fmt.Println(errors.Is(err, curl.ErrAlreadyLoaded))
	// Output:
	// true
	// true
}
