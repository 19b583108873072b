//go:build cgo

package curl_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"syscall"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Results of libcurl are comparable errors, and an *Error tells the rest.
func ExampleError() {
	server := httptest.NewServer(nil)
	server.Close() // so that nobody listens there

	h, err := curl.New(opt.URL(server.URL))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	err = h.Perform(context.Background())
	fmt.Println(errors.Is(err, codes.CouldntConnect), errors.Is(err, syscall.ECONNREFUSED))

	var e *curl.Error
	if errors.As(err, &e) {
		fmt.Println(e.Op, e.Code.String(), e.Timeout())
	}
	// Output:
	// true true
	// perform CURLE_COULDNT_CONNECT false
}

// A context ends a transfer in whatever phase it is.
func ExampleEasy_Perform_deadline() {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done() // never answers
	}))
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	err = h.Perform(ctx)
	fmt.Println(errors.Is(err, context.DeadlineExceeded), errors.Is(err, codes.OperationTimedOut))
	// Output: true true
}

// The error of a callback ends the transfer and comes out of Perform.
func ExampleEasy_Perform_callbackError() {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()

	errEnough := errors.New("seen enough")
	h, err := curl.New(opt.URL(server.URL), opt.WriteFunction(func([]byte) error { return errEnough }))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	err = h.Perform(context.Background())
	fmt.Println(errors.Is(err, errEnough))
	// Output: true
}

// What the libcurl in use is too old for is refused with an error that names both versions.
func ExampleUnsupportedError() {
	h, err := curl.New()
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	err = h.Set(opt.MaxLifetimeConn(time.Hour)) // since 7.80.0
	var old *curl.UnsupportedError
	if errors.As(err, &old) {
		log.Printf("%s needs libcurl %s, and this is %s; going on without it", old.What, old.Need, old.Running)
		err = nil
	}
	fmt.Println(err)
	// Output: <nil>
}
