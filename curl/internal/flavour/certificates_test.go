package flavour

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// pinOf asks the server itself, as Go sees it, for the pin of its key.
func pinOf(t *testing.T, s *testserver.HTTP) string {
	t.Helper()
	c, err := tls.Dial("tcp", s.Addr(), &tls.Config{RootCAs: s.Authority.Pool(), ServerName: testserver.ServerName})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return testserver.PublicKeyPin(c.ConnectionState().PeerCertificates[0])
}

func TestClientCertificate(t *testing.T) {
	s, options := withTLS(t, testserver.HTTPConfig{HTTP1Only: true, ClientCert: true, TuneTLS: func(c *tls.Config) {
		if library(t) == "nss" { // its PEM module cannot sign as TLS 1.3 demands
			c.MaxVersion = tls.VersionTLS12
		}
	}})
	h := handle(t, options...)
	if _, err := h.Fetch(bounded(t)); err == nil {
		t.Fatal("let in without a certificate")
	}
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048) // the PEM files that NSS reads have keys of this kind
	if err != nil {
		t.Fatal(err)
	}
	client, err := s.Authority.IssueFor(rsaKey, "client")
	if err != nil {
		t.Fatal(err)
	}
	cert, key, err := testserver.EncodeCertificate(client)
	if err != nil {
		t.Fatal(err)
	}
	set(t, h, opt.SSLCertType("PEM"), opt.SSLCert(testserver.WriteFile(t, "client.pem", cert)),
		opt.SSLKey(testserver.WriteFile(t, "client.key", key)))
	if library(t) == "bearssl" { // libcurl takes the option, and has no code to use it with that library
		if _, err := h.Fetch(bounded(t)); err == nil {
			t.Fatal("it can use client certificates now: let it be tested as the others are")
		}
		lacks(t, "client certificates")
	}
	arrives(t, h, "hello\n")
	if r := s.Requests(); r[0].TLS.PeerCertificates[0].Subject.CommonName != "client" {
		t.Errorf("the server saw %v", r[0].TLS.PeerCertificates[0].Subject)
	}
}

func TestCertificateChain(t *testing.T) {
	var sent [][]byte
	_, options := withTLS(t, testserver.HTTPConfig{TuneTLS: func(c *tls.Config) { sent = c.Certificates[0].Certificate }})
	h := handle(t, options...)
	setOrLacks(t, h, "the certificate chain", []string{"nss", "mbedtls", "wolfssl", "bearssl"}, opt.CertInfo(true))
	arrives(t, h, "hello\n")
	chain, err := curl.Info(h, info.CertInfo)
	if err != nil || len(chain) != len(sent) {
		t.Fatalf("%d certificates of %d, %v", len(chain), len(sent), err)
	}
	for i, c := range chain {
		if parsed, err := c.X509(); err != nil || string(parsed.Raw) != string(sent[i]) {
			t.Errorf("certificate %d: %v", i, err)
		}
	}
}

func TestTLSPointer(t *testing.T) {
	_, options := withTLS(t, testserver.HTTPConfig{HTTP1Only: true})
	h := handle(t, options...)
	var during info.TLSSession
	var asked error
	set(t, h, opt.WriteFunction(func([]byte) error {
		during, asked = curl.Info(h, info.TLSPointer)
		return nil
	}))
	if err := h.Perform(bounded(t)); err != nil || asked != nil {
		t.Fatal(err, asked)
	}
	want, known := map[string]info.TLSBackend{
		"gnutls": info.TLSGnuTLS, "nss": info.TLSNSS, "mbedtls": info.TLSMbedTLS, "wolfssl": info.TLSWolfSSL,
		"bearssl": info.TLSBearSSL, "rustls-ffi": info.TLSRustls,
	}[library(t)]
	if !known {
		want = info.TLSOpenSSL // as its descendants call themselves, too
	}
	if during.Backend != want || during.Pointer == 0 {
		t.Errorf("%+v, want a pointer of %v", during, want)
	}
	if after, err := curl.Info(h, info.TLSPointer); err != nil || after.Pointer != 0 {
		t.Errorf("%+v after the transfer, %v", after, err)
	}
}
