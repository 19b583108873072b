//go:build cgo

package curl_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// exampleTLS serves HTTPS, and has written its certificate and key to files.
func exampleTLS(handler http.HandlerFunc, auth tls.ClientAuthType) (server *httptest.Server, certFile, keyFile string, stop func()) {
	s := new(stage)
	server = httptest.NewUnstartedServer(handler)
	server.TLS = &tls.Config{ClientAuth: auth}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	s.Cleanup(server.Close)
	cert, key, err := testserver.EncodeCertificate(server.TLS.Certificates[0])
	if err != nil {
		log.Fatal(err)
	}
	return server, testserver.WriteFile(s, "cert.pem", cert), testserver.WriteFile(s, "key.pem", key), s.end
}

// A server that asks for a certificate is shown one. From memory: opt.CAInfoBlob, opt.SSLCertBlob and opt.SSLKeyBlob.
func ExampleNew_clientCertificate() {
	server, cert, key, stop := exampleTLS(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "hello ", r.TLS.PeerCertificates[0].Subject.Organization)
	}, tls.RequireAnyClientCert)
	defer stop()

	h, err := curl.New(
		opt.URL(server.URL),
		opt.CAInfo(cert), // whom to trust, instead of the system's
		opt.SSLCert(cert),
		opt.SSLKey(key),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	body, err := h.Fetch(context.Background())
	fmt.Println(string(body), err)
	// Output: hello [Acme Co] <nil>
}

// Only a server with this public key is talked to: the hash is that of the key's DER form.
func ExampleNew_pinnedKey() {
	server, cert, _, stop := exampleTLS(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "it is you") }, tls.NoClientCert)
	defer stop()

	hash := sha256.Sum256(server.Certificate().RawSubjectPublicKeyInfo)
	pin := "sha256//" + base64.StdEncoding.EncodeToString(hash[:])
	h, err := curl.New(opt.URL(server.URL), opt.CAInfo(cert), opt.PinnedPublicKey(pin))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	body, err := h.Fetch(context.Background())
	fmt.Println(string(body), err)

	hash[0]++
	err = h.Set(opt.PinnedPublicKey("sha256//"+base64.StdEncoding.EncodeToString(hash[:])), opt.FreshConnect(true))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(errors.Is(h.Perform(context.Background()), codes.SSLPinnedPubKeyNotMatch))
	// Output:
	// it is you <nil>
	// true
}

// Handles on many goroutines share names and TLS sessions. Close the share after them.
func ExampleShare() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") }))
	defer server.Close()

	share, err := curl.NewShare(curl.ShareDNS, curl.ShareTLSSessions)
	if err != nil {
		log.Fatal(err)
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			h, err := curl.New(opt.URL(server.URL))
			if err != nil {
				log.Fatal(err)
			}
			defer h.Close()
			if err := share.Attach(h); err != nil {
				log.Fatal(err)
			}
			if err := h.Perform(context.Background()); err != nil {
				log.Fatal(err)
			}
		})
	}
	all.Wait()
	fmt.Println(share.Close())
	// Output: <nil>
}

// Server-sent events, from where the last connection ended; ending ctx ends the wait for the next.
func ExampleEasy_Open_events() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		last := 0
		fmt.Sscan(r.Header.Get("Last-Event-ID"), &last)
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprintf(w, "id: %d\ndata: news\n\n", last+1)
	}))
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL), opt.FailOnError(true))
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	last := "0"
	for ctx.Err() == nil {
		if err := h.Set(opt.HTTPHeader([]string{"Accept: text/event-stream", "Last-Event-ID: " + last})); err != nil {
			log.Fatal(err)
		}
		body, err := h.Open(ctx)
		if err != nil {
			log.Fatal(err) // or wait, and try again
		}
		lines := bufio.NewScanner(body)
		for lines.Scan() {
			if id, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
				last = id
			}
		}
		body.Close()
		if last == "3" {
			cancel()
		}
	}
	fmt.Println(last)
	// Output: 3
}
