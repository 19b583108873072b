package curl_test

import (
	"errors"
	"fmt"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A program that needs OpenSSL, or can do with GnuTLS, says so before anything else.
func ExampleChooseTLS() {
	err := curl.Load("", curl.ChooseTLS(curl.TLSOpenSSL, curl.TLSGnuTLS))
	var choice *curl.TLSChoiceError
	switch {
	case errors.Is(err, curl.ErrTLSTooLate):
		fmt.Println("load libcurl earlier:", err)
	case errors.As(err, &choice):
		for _, lib := range choice.Available {
			fmt.Println("there is", lib.Name, lib.Version)
		}
	}
}

// What libcurl's TLS library does about threads, and what it was given for that.
func ExampleVersion_tls() {
	v, err := curl.Version()
	if err != nil {
		return
	}
	for _, lib := range v.TLS {
		fmt.Printf("%s %s %s; locks: %s\n", lib.Name, lib.Version, lib.Threads, lib.Locks)
	}
	// OpenSSL 3.0.22 locks by itself; locks: none
}

// A browser-impersonating build of libcurl has a function and options of its own.
func ExampleEasy_Call() {
	if err := curl.Load("/opt/impersonate/lib/libcurl-impersonate.so.4"); err != nil {
		return
	}
	h, err := curl.New(opt.URL("https://example.com"))
	if err != nil {
		return
	}
	defer h.Close()
	if code, err := h.Call("curl_easy_impersonate", "chrome116", true); err != nil || codes.Easy(code) != codes.OK {
		fmt.Println("not impersonating:", codes.Easy(code), err)
	}
	if id, class, err := curl.OptionNamed("SSL_CERT_COMPRESSION"); err == nil && class == "string" {
		_ = h.Set(opt.RawString(id, "brotli"))
	}
}
