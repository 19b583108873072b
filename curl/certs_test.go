//lint:file-ignore SA1019 deprecated infos answer as well

package curl_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"os"
	"sync"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestServerCertificateIsVerified(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	other, err := testserver.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	h := handleWith(t, opt.URL(s.URL("/")), opt.CAInfo(testserver.WriteFile(t, "other.pem", other.PEM())))
	if err := h.Perform(bounded(t)); !isOneOf(err, unknownIssuer(t)...) {
		t.Fatalf("the error is %v", err)
	}
	if err := h.Set(opt.CAInfo(s.CAFile(t))); err != nil {
		t.Fatal(err)
	}
	arrives(t, h, "hello\n")
	wantInfo(t, h, info.SSLVerifyResult, 0)
}

func TestServerNameIsVerified(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	h := handleWith(t, opt.URL("https://elsewhere.invalid/"), opt.CAInfo(s.CAFile(t)),
		opt.ConnectTo([]string{"::" + s.Addr()}))
	fails(t, h, codes.PeerFailedVerification)
	if err := h.Set(opt.SSLVerifyHost(false)); err != nil {
		t.Fatal(err)
	}
	arrives(t, h, "hello\n")
}

func TestCertificateAuthorityInMemory(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	h := handleWith(t, opt.URL(s.URL("/")))
	err := h.Set(opt.CAInfoBlob(s.CA()))
	if olderThan(t, 0x074d00) {
		if !errors.Is(err, curl.ErrUnsupported) {
			t.Error(err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	arrives(t, h, "hello\n")
}

func TestClientCertificateInMemory(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true, ClientCert: true})
	h := handleWith(t, opt.URL(s.URL("/")), opt.CAInfo(s.CAFile(t)))
	if err := h.Perform(bounded(t)); err == nil {
		t.Error("let in without a certificate")
	}
	cert, err := s.Authority.Issue("client")
	if err != nil {
		t.Fatal(err)
	}
	pem, key, err := testserver.EncodeCertificate(cert)
	if err != nil {
		t.Fatal(err)
	}
	// The files do the same where a TLS library takes no memory. libcurl ignores it with GnuTLS, and the server misses it.
	err = h.Set(opt.SSLCertType("PEM"), opt.SSLCertBlob(pem), opt.SSLKeyBlob(key))
	if usesTLS(t, "GnuTLS") && version(t).Num < 0x081700 && !errors.Is(err, curl.ErrUnsupported) {
		t.Errorf("with GnuTLS: %v", err)
	}
	if err != nil || !usesTLS(t, "OpenSSL") && !usesTLS(t, "mbedTLS") {
		if err := h.Unset(opt.IDSSLCertBlob, opt.IDSSLKeyBlob); err != nil {
			t.Fatal(err)
		}
		file, keyFile := testserver.WriteFile(t, "client.pem", pem), testserver.WriteFile(t, "client.key", key)
		if err := h.Set(opt.SSLCert(file), opt.SSLKey(keyFile)); err != nil {
			t.Fatal(err)
		}
	}
	arrives(t, h, "hello\n")
	if r := s.Requests(); r[0].TLS.PeerCertificates[0].Subject.CommonName != "client" {
		t.Errorf("the server saw %v", r[0].TLS.PeerCertificates[0].Subject)
	}
}

func usesTLS(t *testing.T, name string) bool {
	t.Helper()
	v, err := curl.Version()
	if err != nil || len(v.TLS) == 0 {
		t.Fatal("no TLS in this libcurl ", err)
	}
	return v.TLS[0].Name == name
}

// unknownIssuer is what libcurl says of a certificate that nobody known has signed. Of wolfSSL it takes that for a file
// that cannot be read or, when there is an issuer of the same name, for a handshake that failed.
func unknownIssuer(t *testing.T) []error {
	if usesTLS(t, "wolfSSL") {
		return []error{codes.PeerFailedVerification, codes.SSLCACertBadFile, codes.SSLConnectError}
	}
	return []error{codes.PeerFailedVerification}
}

func TestCertInfoIsTheServersChain(t *testing.T) {
	if !has(t, opt.CertInfo(true)) {
		return // wolfSSL keeps none
	}
	var sent []tls.Certificate
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, TuneTLS: func(c *tls.Config) { sent = c.Certificates }})
	h := handleWith(t, opt.URL(s.URL("/")), opt.CAInfo(s.CAFile(t)), opt.CertInfo(true))
	arrives(t, h, "hello\n")
	chain := infoOf(t, h, info.CertInfo)
	if len(chain) != len(sent[0].Certificate) {
		t.Fatalf("%d certificates, the server sent %d", len(chain), len(sent[0].Certificate))
	}
	for i, c := range chain {
		parsed, err := c.X509()
		if err != nil {
			t.Fatal(err)
		}
		want, err := x509.ParseCertificate(sent[0].Certificate[i])
		if err != nil {
			t.Fatal(err)
		}
		if !parsed.Equal(want) {
			t.Errorf("certificate %d is %v, want %v", i, parsed.Subject, want.Subject)
		}
		if subject, ok := c.Field("Subject"); !ok || subject == "" {
			t.Errorf("certificate %d has no subject: %+v", i, c.Fields)
		}
	}
	if err := h.Set(opt.CertInfo(false), opt.FreshConnect(true)); err != nil {
		t.Fatal(err)
	}
	arrives(t, h, "hello\n")
	if again := infoOf(t, h, info.CertInfo); len(again) != 0 {
		t.Errorf("%d certificates without asking", len(again))
	}
	if _, err := chain[0].X509(); err != nil {
		t.Error("the first answer changed: ", err)
	}
}

func TestTLSPointerDuringTransfer(t *testing.T) {
	privately(t, "the transfer may be over when a callback asks, TestEngineCallbacksComeInOrder")
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true})
	h := handleWith(t, opt.URL(s.URL("/")), opt.CAInfo(s.CAFile(t)))
	var during, context info.TLSSession
	err := h.Set(opt.WriteFunction(func([]byte) error {
		during, context = infoOf(t, h, info.TLSPointer), infoOf(t, h, info.TLSContext)
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Perform(bounded(t)); err != nil {
		t.Fatal(err)
	}
	if during.Pointer == 0 || during.Backend == 0 || context.Pointer == 0 || context.Backend != during.Backend {
		t.Errorf("%+v, %+v", during, context)
	}
	if usesTLS(t, "OpenSSL") && context.Pointer == during.Pointer {
		t.Error("SSL and SSL_CTX are the same")
	}
	if after := infoOf(t, h, info.TLSPointer); after.Pointer != 0 {
		t.Errorf("%+v after the transfer", after)
	}
}

func TestCertificatesAreParsed(t *testing.T) {
	if !has(t, opt.CertInfo(true)) {
		return // wolfSSL keeps none
	}
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	h := handleWith(t, opt.URL(s.URL("/")), opt.CAInfo(s.CAFile(t)), opt.CertInfo(true))
	arrives(t, h, "hello\n")
	chain, err := h.Certificates()
	if err != nil || len(chain) == 0 || chain[0].VerifyHostname(testserver.ServerName) != nil {
		t.Fatalf("%v, %v", chain, err)
	}
	if _, err := chain[0].Verify(x509.VerifyOptions{Roots: s.Authority.Pool()}); err != nil {
		t.Error(err)
	}
}

// Only in a callback of the transfer does the connection stand still while somebody uses a pointer into it.
func TestTLSPointerIsLentInCallbacksOnly(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true, HTTP1Only: true})
	options := []opt.Option{opt.URL(s.URL("/slow?gate=lent")), opt.CAInfo(s.CAFile(t))}
	arrived := make(chan struct{})
	var inside error
	h := handleWith(t, options...)
	once := sync.OnceFunc(func() {
		_, inside = curl.Info(h, info.TLSPointer)
		close(arrived)
	})
	if err := h.Set(opt.WriteFunction(func([]byte) error { once(); return nil })); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- h.Perform(bounded(t)) }()
	await(t, "the first byte", arrived)
	for _, key := range []info.Key[info.TLSSession]{info.TLSPointer, info.TLSContext} {
		if _, err := curl.Info(h, key); !errors.Is(err, curl.ErrBusy) {
			t.Errorf("%v from another goroutine: %v", key.Spec().ID, err)
		}
	}
	if _, err := curl.Info(h, info.ResponseCode); err != nil {
		t.Error(err)
	}
	s.Gate("lent").Open()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if late := errors.Is(inside, curl.ErrAfterTheFact); inside != nil && !late || late != (os.Getenv("GOCURL_TEST_ENGINE") != "") {
		t.Errorf("in a callback: %v", inside)
	}

	if os.Getenv("GOCURL_TEST_ENGINE") != "" {
		return // all of that was on an engine
	}
	engine, err := curl.NewEngine(curl.EngineConfig{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = engine.Close(bounded(t)) }()
	var played error
	h = handleWith(t, opt.URL(s.URL("/")), options[1], opt.WriteFunction(func([]byte) error {
		_, played = curl.Info(h, info.TLSPointer)
		return nil
	}))
	if err := errors.Join(engine.Attach(h), h.Perform(bounded(t))); err != nil {
		t.Fatal(err)
	}
	// It may also come so late that the transfer is over: then there is no pointer left to be given.
	if played != nil && !errors.Is(played, curl.ErrAfterTheFact) {
		t.Errorf("in a callback that is played on an engine: %v", played)
	}
}

// The function is refused where the TLS library has no context to give, before anything of the batch is set.
func TestSSLContextFunctionIsRefusedWithoutContexts(t *testing.T) {
	v, err := curl.Version()
	if err != nil || len(v.TLS) == 0 {
		t.Fatal("no TLS in this libcurl ", err)
	}
	has := false
	switch v.TLS[0].Backend {
	case info.TLSOpenSSL, info.TLSWolfSSL, info.TLSMbedTLS, info.TLSBearSSL:
		has = true
	}
	h := handleWith(t)
	err = h.Set(opt.SSLContextFunction(func(opt.SSLContext) error { return nil }))
	if has != (err == nil) || !has && !errors.Is(err, curl.ErrUnsupported) {
		t.Errorf("with %s: %v", v.TLS[0].Name, err)
	}
	if err := h.Set(opt.SSLContextFunction(nil)); err != nil && !has && !errors.Is(err, codes.NotBuiltIn) && !errors.Is(err, codes.UnknownOption) {
		t.Error("taking none: ", err)
	}
}
