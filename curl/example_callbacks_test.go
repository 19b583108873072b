//go:build cgo

package curl_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"syscall"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

var errPrivate = errors.New("addresses of our own network are not for the outside")

// A service that fetches what others ask for must not be led to its own network, however the name resolves and wherever a
// redirect goes: look at the address of each connection.
func ExampleNew_prereq() {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { fmt.Println("never asked") }))
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL), opt.FollowLocation(true), opt.PrereqFunction(func(c opt.PrereqInfo) error {
		if ip := c.Remote().Addr(); ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() {
			return errPrivate
		}
		return nil
	}))
	if errors.Is(err, curl.ErrUnsupported) {
		fmt.Println("refused: true") // before libcurl 7.80.0 opt.OpenSocketFunction does it
		return
	}
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	fmt.Println("refused:", errors.Is(h.Perform(context.Background()), errPrivate))
	// Output: refused: true
}

// The same before the connection is even opened, on every libcurl.
func ExampleNew_openSocket() {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { fmt.Println("never asked") }))
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL),
		opt.OpenSocketFunction(func(_ opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) {
			if a.Addr.Addr().IsLoopback() {
				return 0, fmt.Errorf("%s connection to %v: %w", a.NetAddr().Network(), a.Addr.Addr(), errPrivate)
			}
			return openSocket(a) // syscall.Socket, with what is in a
		}))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	err = h.Perform(context.Background())
	fmt.Println(errors.Is(err, errPrivate), strings.Contains(err.Error(), "tcp connection to 127.0.0.1"))
	// Output: true true
}

// What was written for net.Dialer.Control can set up libcurl's sockets.
func ExampleSocketControl() {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()

	control := func(network, _ string, c syscall.RawConn) error {
		fmt.Println("a socket for", network)
		return c.Control(func(fd uintptr) {
			// syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 1<<20)
		})
	}
	h, err := curl.New(opt.URL(server.URL), curl.SocketControl(control))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	// Output: a socket for tcp
}

// Who opens sockets closes them, too.
func ExampleNew_closeSocket() {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()

	sockets := 0
	h, err := curl.New(opt.URL(server.URL),
		opt.OpenSocketFunction(func(_ opt.SocketPurpose, a *opt.SocketAddress) (uintptr, error) {
			sockets++
			return openSocket(a) // syscall.Socket, with what is in a
		}),
		opt.CloseSocketFunction(func(fd uintptr) error {
			sockets--
			return closeFD(fd) // syscall.Close
		}))
	if err != nil {
		log.Fatal(err)
	}
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	fmt.Println(sockets)
	h.Close()
	fmt.Println(sockets)
	// Output:
	// 1
	// 0
}

// No name is resolved without permission.
func ExampleNew_resolverStart() {
	errNoNames := errors.New("only addresses are allowed here")
	h, err := curl.New(opt.URL("http://example.com/"), opt.NoProxy("*"),
		opt.ResolverStartFunction(func() error { return errNoNames }))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	fmt.Println(errors.Is(h.Perform(context.Background()), errNoNames))
	// Output: true
}

// A checksum that is known only when the body has been sent goes into a trailer.
func ExampleNew_trailers() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s, checksum %.8s", body, r.Trailer.Get("Checksum"))
	}))
	defer server.Close()

	sum := sha256.New()
	body := io.TeeReader(strings.NewReader("a long story"), sum)
	h, err := curl.New(opt.URL(server.URL), opt.Upload(true), opt.ReadFunction(body.Read),
		opt.HTTPHeader([]string{"Transfer-Encoding: chunked", "Trailer: Checksum"}),
		opt.TrailerFunction(func() ([]string, error) { return []string{fmt.Sprintf("Checksum: %x", sum.Sum(nil))}, nil }))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	answer, err := h.Fetch(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(answer))
	// Output: a long story, checksum f9f7f981
}

// Download all files of an FTP folder that match a pattern, each by itself.
func ExampleNew_wildcard() {
	url, stop := ftpServer()
	defer stop()

	var name string
	h, err := curl.New(opt.URL(url+"*.csv"), opt.WildcardMatch(true),
		opt.FNMatchFunction(path.Match), // instead of libcurl's own idea of a pattern
		opt.ChunkBeginFunction(func(f *opt.FileInfo, remains int) (skip bool, err error) {
			name = f.Name
			fmt.Printf("%s has %d bytes\n", f.Name, f.Size)
			return f.Name == "january.csv", nil
		}),
		opt.WriteFunction(func(p []byte) error {
			fmt.Printf("%s: %s\n", name, p)
			return nil
		}),
		opt.ChunkEndFunction(func() error {
			fmt.Printf("end of %s\n", name)
			return nil
		}))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	// Output:
	// february.csv has 3 bytes
	// february.csv: 3,4
	// end of february.csv
	// january.csv has 3 bytes
	// end of january.csv
}

// The packets that an RTSP server sends between its answers, each with its frame of four bytes: a dollar sign, the channel,
// and the length.
func ExampleNew_interleave() {
	url, stop := camera()
	defer stop()

	h, err := curl.New(opt.URL(url), opt.RTSPStreamURI(url), opt.RTSPRequest(opt.RTSPOptions),
		opt.InterleaveFunction(func(p []byte) error {
			fmt.Printf("channel %d: %s\n", p[1], p[4:])
			return nil
		}))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	// Output: channel 0: frame
}
