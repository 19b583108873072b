package curl_test

import (
	"errors"
	"fmt"

	"github.com/seed-0edfda58/gocurl/curl"
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
