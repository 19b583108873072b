package testserver_test

import (
	"crypto/tls"
	"crypto/x509"
	"os"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

func TestAuthorityVouchesForWhatItIssued(t *testing.T) {
	authority, err := testserver.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := testserver.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	cert, err := authority.Issue("name", "a.test", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"a.test", "127.0.0.1"} {
		if _, err := cert.Leaf.Verify(x509.VerifyOptions{Roots: authority.Pool(), DNSName: host}); err != nil {
			t.Errorf("for %s: %v", host, err)
		}
	}
	if _, err := cert.Leaf.Verify(x509.VerifyOptions{Roots: authority.Pool(), DNSName: "b.test"}); err == nil {
		t.Error("valid for a name that it does not hold")
	}
	if _, err := cert.Leaf.Verify(x509.VerifyOptions{Roots: stranger.Pool()}); err == nil {
		t.Error("valid for another authority")
	}

	certPEM, keyPEM, err := testserver.EncodeCertificate(cert)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tls.X509KeyPair(certPEM, keyPEM); err != nil {
		t.Errorf("the PEM forms do not fit: %v", err)
	}
	if pin := testserver.PublicKeyPin(cert.Leaf); !strings.HasPrefix(pin, "sha256//") || len(pin) != len("sha256//")+44 {
		t.Errorf("pin is %q", pin)
	}
}

func TestHTTPCAFileHoldsTheAuthority(t *testing.T) {
	s := testserver.NewHTTP(t, testserver.HTTPConfig{TLS: true})
	file, err := os.ReadFile(s.CAFile(t))
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(file) || !pool.Equal(s.Authority.Pool()) {
		t.Errorf("the file holds %q", file)
	}
	if ca := testserver.NewHTTP(t, testserver.HTTPConfig{}).CA(); ca != nil {
		t.Errorf("a cleartext server has the authority %q", ca)
	}
}
