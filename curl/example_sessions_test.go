//go:build cgo

package curl_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Keep TLS sessions beyond the end of a handle, so that the next one shakes hands faster.
func ExampleEasy_ExportTLSSessions() {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "resumed: ", r.TLS.DidResume)
	}))
	defer server.Close()

	fetch := func(sessions []curl.TLSSession) ([]byte, []curl.TLSSession) {
		h, err := curl.New(opt.URL(server.URL), opt.SSLVerifyPeer(false)) // no certificate that a program could trust
		if err != nil {
			log.Fatal(err)
		}
		defer h.Close()
		if err := h.ImportTLSSessions(sessions...); err != nil && !errors.Is(err, curl.ErrUnsupported) {
			log.Fatal(err)
		}
		body, err := h.Fetch(context.Background())
		if err != nil {
			log.Fatal(err)
		}
		sessions, err = h.ExportTLSSessions()
		if errors.Is(err, curl.ErrUnsupported) { // libcurl is older than 8.12.0, or built without
			return []byte("resumed: true"), nil
		} else if err != nil {
			log.Fatal(err)
		}
		return body, sessions
	}
	_, sessions := fetch(nil)
	body, _ := fetch(sessions)
	fmt.Printf("%s\n", body)
	// Output: resumed: true
}

// Ask for details of TCP and TLS, before the first handle is made. In a program that has handles it is too late.
func ExampleTrace() {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()

	err := curl.Trace("tcp", "ssl")
	switch {
	case errors.Is(err, curl.ErrUnsupported): // this libcurl is older than 8.3.0
	case errors.Is(err, curl.ErrTraceTooLate): // there are handles already, of other examples
	case err != nil:
		log.Fatal(err)
	}
	lines := 0
	h, err := curl.New(opt.URL(server.URL), opt.Verbose(true),
		opt.DebugFunction(func(kind opt.DebugKind, line []byte) { // without it, what is said goes to slog
			if kind == opt.DebugText {
				lines++
			}
		}))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	fmt.Println(lines > 0)
	// Output: true
}

// Keep a connection alive that has nothing to carry for a while, so that it is there for the next request.
func ExampleEasy_Upkeep() {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.RemoteAddr)
	}))
	server.EnableHTTP2 = true // whose pings are what keeps it alive
	server.StartTLS()
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL), opt.SSLVerifyPeer(false), // no certificate that a program could trust
		opt.UpkeepInterval(time.Millisecond))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	before, err := h.Fetch(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	if err := h.Upkeep(); err != nil { // now and then, between transfers
		log.Fatal(err)
	}
	after, err := h.Fetch(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("the same connection:", string(before) == string(after))
	// Output: the same connection: true
}

// Set an option that libcurl has and this package does not: look up what kind of argument it takes.
func ExampleOptionByName() {
	o, err := curl.OptionByName("USERAGENT")
	if errors.Is(err, curl.ErrUnsupported) { // a libcurl before 7.73.0
		o = curl.KnownOption{ID: opt.IDUserAgent, Name: "CURLOPT_USERAGENT", Type: curl.OptionString}
	} else if err != nil {
		log.Fatal(err)
	}
	fmt.Println(o.Name, o.Type)
	if o.Type == curl.OptionString {
		h, err := curl.New(opt.RawString(o.ID, "example/1.0"))
		if err != nil {
			log.Fatal(err)
		}
		defer h.Close()
	}
	// Output: CURLOPT_USERAGENT string
}

func ExampleEscape() {
	escaped, err := curl.Escape("50% of a/b")
	if err != nil {
		log.Fatal(err)
	}
	plain, err := curl.Unescape(escaped)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(escaped, "=", plain)
	// Output: 50%25%20of%20a%2Fb = 50% of a/b
}

// Dates come in many forms from servers and file listings.
func ExampleParseDate() {
	for _, text := range []string{"Sun, 06 Nov 1994 08:49:37 GMT", "6 Nov 1994 9:49:37 +0100", "19941106"} {
		t, err := curl.ParseDate(text)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(t)
	}
	// Output:
	// 1994-11-06 08:49:37 +0000 UTC
	// 1994-11-06 08:49:37 +0000 UTC
	// 1994-11-06 00:00:00 +0000 UTC
}

// A cookie file that curl and browsers' extensions write is a list of cookies.
func ExampleReadCookies() {
	file := strings.NewReader("#HttpOnly_.example.com\tTRUE\t/\tTRUE\t0\tid\t7\n") // from os.Open, say
	cookies, err := curl.ReadCookies(file)
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range cookies {
		fmt.Println(c.Domain, c.Name, c.Value, c.HttpOnly, c.Secure)
	}
	// Output: .example.com id 7 true true
}
