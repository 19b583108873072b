package opt_test

import (
	"fmt"
	"time"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Options are values: they can be kept and printed, and secrets stay out of the text.
func ExampleOption() {
	options := []opt.Option{
		opt.URL("https://joe:secret@example.com/"),
		opt.Timeout(1500 * time.Millisecond),
		opt.HTTPAuth(opt.AuthBasic | opt.AuthDigest),
		opt.UserPassword("joe:secret"),
	}
	for _, o := range options {
		fmt.Println(o)
	}
	// Output:
	// CURLOPT_URL="https://joe:***@example.com/"
	// CURLOPT_TIMEOUT_MS=1500
	// CURLOPT_HTTPAUTH=3
	// CURLOPT_USERPWD=(redacted)
}

// The C name of an option leads to its constructor.
func ExampleByName() {
	meta, _ := opt.ByName("CONNECT_TO")
	fmt.Printf("opt.%s sets %s, since %#x\n", meta.Go, meta.Name, meta.Since)

	meta, _ = opt.ByName("CURLOPT_ERRORBUFFER")
	fmt.Printf("%s belongs to %s\n", meta.Name, meta.Owner)
	// Output:
	// opt.ConnectTo sets CURLOPT_CONNECT_TO, since 0x73100
	// CURLOPT_ERRORBUFFER belongs to curl.Error
}
