//go:build cgo

package curl_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A download goes to a file and shows how far it is.
func ExampleNew_progress() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100000")
		io.WriteString(w, strings.Repeat("x", 100_000))
	}))
	defer server.Close()
	file, err := os.CreateTemp("", "download")
	if err != nil {
		log.Fatal(err)
	}
	defer os.Remove(file.Name())
	defer file.Close()

	var done, of int64
	h, err := curl.New(
		opt.URL(server.URL),
		curl.Output(file),
		opt.NoProgress(false), // or the function is not called
		opt.XferInfoFunction(func(p opt.Progress) error {
			done, of = p.Downloaded, p.DownloadTotal // 0: not known yet
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
	fmt.Println(done, of)
	// Output: 100000 100000
}

// What is there of a file is not fetched again. A server that cannot send a part says so.
func ExampleNew_resume() {
	content := "the first half, the second half"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "file.txt", time.Time{}, strings.NewReader(content))
	}))
	defer server.Close()

	var file strings.Builder
	file.WriteString(content[:15])
	h, err := curl.New(opt.URL(server.URL), opt.ResumeFrom(int64(file.Len())), curl.Output(&file))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	switch err := h.Perform(context.Background()); {
	case errors.Is(err, codes.RangeError):
		fmt.Println("from the start, then")
	case err != nil:
		log.Fatal(err)
	}
	fmt.Println(file.String())
	// Output: the first half, the second half
}

// A server that is busy can say when to come again. The body is sent again from its start.
func ExampleNew_retry() {
	busy := true
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if busy {
			busy = false
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		io.Copy(w, r.Body)
	}))
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL), opt.Upload(true))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Input(strings.NewReader("all of it")); err != nil {
		log.Fatal(err)
	}
	for range 3 {
		body, err := h.Fetch(context.Background())
		if err != nil {
			log.Fatal(err)
		}
		if status, _ := curl.Info(h, info.ResponseCode); status != http.StatusServiceUnavailable {
			fmt.Println(string(body))
			return
		}
		wait, err := curl.Info(h, info.RetryAfter) // 0 when it has not said
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("again in", wait)
		time.Sleep(wait)
	}
	// Output:
	// again in 1s
	// all of it
}

// Through a proxy that asks for a login. For Digest, NTLM or Negotiate, opt.ProxyAuth says which are taken.
func ExampleNew_proxy() {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") }))
	defer site.Close()
	s := new(stage)
	defer s.end()
	proxy := testserver.NewProxy(s, testserver.ProxyConfig{Auth: true})

	h, err := curl.New(
		opt.URL(site.URL),
		opt.Proxy(proxy.URL()), // "http://host:port", "https://...", "socks5h://..."
		opt.ProxyUserPassword(testserver.User+":"+testserver.Password),
		opt.ProxyAuth(opt.AuthAny),
		opt.NoProxy(""), // what the environment makes an exception of, too
	)
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	body, err := h.Fetch(context.Background())
	fmt.Println(string(body), err)
	// Output: hello <nil>
}

// Where the time of a request went: each figure is from its start.
func ExampleInfo_timings() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") }))
	defer server.Close()
	h, err := curl.New(opt.URL(server.URL))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	var last time.Duration
	inOrder := true
	for _, key := range []info.Key[time.Duration]{
		info.NameLookupTime,    // the name was looked up
		info.ConnectTime,       // TCP connected
		info.PreTransferTime,   // all is ready for the request; AppConnectTime is when TLS was
		info.StartTransferTime, // the first byte of the answer
		info.TotalTime,
	} {
		at, err := curl.Info(h, key)
		if err != nil {
			log.Fatal(err)
		}
		inOrder = inOrder && at >= last
		last = at
	}
	fmt.Println(inOrder, last > 0)
	// Output: true true
}

// Cookies that last from one run of a program to the next.
func ExampleNew_cookieFile() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("visitor"); err == nil {
			fmt.Fprint(w, "hello again, ", c.Value)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "visitor", Value: "gopher", MaxAge: 3600})
		fmt.Fprint(w, "hello")
	}))
	defer server.Close()
	dir, err := os.MkdirTemp("", "cookies")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "cookies.txt")

	for range 2 {
		h, err := curl.New(opt.URL(server.URL), opt.CookieFile(file), opt.CookieJar(file))
		if err != nil {
			log.Fatal(err)
		}
		body, err := h.Fetch(context.Background())
		fmt.Println(string(body), err)
		h.Close() // writes the file
	}
	// Output:
	// hello <nil>
	// hello again, gopher <nil>
}

// The strongest login that the server offers is used: here a password does not go out. opt.AuthAny takes Basic as well.
func ExampleNew_login() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if scheme, _, _ := strings.Cut(r.Header.Get("Authorization"), " "); scheme == "Digest" {
			fmt.Fprint(w, "hello") // if it is right
			return
		}
		w.Header().Add("WWW-Authenticate", `Basic realm="us"`)
		w.Header().Add("WWW-Authenticate", `Digest realm="us", nonce="0123", qop="auth", algorithm=MD5`)
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL), opt.Username("gopher"), opt.Password("secret"), opt.HTTPAuth(opt.AuthAnySafe))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	body, err := h.Fetch(context.Background())
	fmt.Println(string(body), err)
	// Output: hello <nil>
}

// A server is asked under a name that no lookup finds there. Over TLS it is this name that its certificate has to be for.
func ExampleNew_connectTo() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "this is ", r.Host)
	}))
	defer server.Close()
	ip, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		log.Fatal(err)
	}

	h, err := curl.New(
		opt.URL("http://example.com/"),
		opt.ConnectTo([]string{"example.com:80:" + ip + ":" + port}), // "::host:port" for every URL
		opt.Proxy(""),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	body, err := h.Fetch(context.Background())
	fmt.Println(string(body), err)

	// Where only the address is another one, not the port; opt.UnixSocketPath is for servers without a port.
	err = h.Set(opt.ConnectTo(nil), opt.Resolve([]string{"example.org:" + port + ":" + ip}), opt.URL("http://example.org:"+port))
	if err != nil {
		log.Fatal(err)
	}
	body, err = h.Fetch(context.Background())
	fmt.Println(string(body[:len("this is example.org")]), err)
	// Output:
	// this is example.com <nil>
	// this is example.org <nil>
}
