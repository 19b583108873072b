// Command h3 is an HTTP/3 server for the flavour suite: h3 CERTIFICATE KEY prints its address, and answers everything
// with "hello" until its standard input ends. It is a module of its own, so that the
// QUIC library stays out of the requirements of those who use gocurl.
package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/quic-go/quic-go/http3"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: h3 CERTIFICATE KEY")
	}
	cert, err := tls.LoadX509KeyPair(os.Args[1], os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	server := &http3.Server{
		TLSConfig: http3.ConfigureTLSConfig(&tls.Config{Certificates: []tls.Certificate{cert}}),
		Handler:   http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "hello") }),
	}
	go func() { log.Fatal(server.Serve(listener)) }()
	fmt.Println(listener.LocalAddr())
	_, _ = io.Copy(io.Discard, os.Stdin)
}
