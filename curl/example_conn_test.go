//go:build cgo

package curl_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/smtp"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
)

// Dial returns a net.Conn. Whatever speaks a protocol over one can use libcurl's connections: its proxies, its TLS
// library, its name resolver.
func ExampleDial() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "you asked for %s", r.URL.Path)
	}))
	defer server.Close()

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, err := curl.Dial(ctx, server.URL) // with https it would speak TLS
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()

	conn.SetDeadline(time.Now().Add(10 * time.Second))
	request, err := http.NewRequest("GET", server.URL+"/something", nil)
	if err != nil {
		log.Fatal(err)
	}
	if err := request.Write(conn); err != nil {
		log.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(body))
	// Output: you asked for /something
}

// Go's own library for mail sends one through libcurl's connection, which may lead through a proxy.
func ExampleDial_smtp() {
	address, taken, stop := postOffice()
	defer stop()

	conn, err := curl.Dial(context.Background(), "http://"+address) // the scheme only says: no TLS yet
	if err != nil {
		log.Fatal(err)
	}
	client, err := smtp.NewClient(conn, "127.0.0.1") // and client.StartTLS would be Go's
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	if err := errors.Join(client.Mail("gopher@example.com"), client.Rcpt("reader@example.com")); err != nil {
		log.Fatal(err)
	}
	w, err := client.Data()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprint(w, "Subject: hello\n\nThrough libcurl.\n")
	if err := errors.Join(w.Close(), client.Quit()); err != nil {
		log.Fatal(err)
	}
	fmt.Println(strings.ReplaceAll(taken(), "\r\n", " | "))
	// Output: Subject: hello |  | Through libcurl. |
}

// Have net/http make its connections with libcurl.
func ExampleConn() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "through libcurl")
	}))
	defer server.Close()

	client := http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
			return curl.Dial(ctx, "http://"+address)
		},
	}}
	defer client.CloseIdleConnections()
	response, err := client.Get(server.URL)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(body))
	// Output: through libcurl
}
