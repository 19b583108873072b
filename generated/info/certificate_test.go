package info_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/info"
)

func certificatePEM(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "a:b"}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func TestCertificateChain(t *testing.T) {
	text := certificatePEM(t)
	chain := info.CertInfo.Convert(info.Value{Certs: [][]string{
		{"Subject:CN = a:b", "Serial Number:07", "Cert:" + text},
		{"Subject:CN = root"},
	}})
	if len(chain) != 2 {
		t.Fatalf("%d certificates", len(chain))
	}
	if subject, ok := chain[0].Field("subject"); !ok || subject != "CN = a:b" {
		t.Errorf("subject %q, %v", subject, ok)
	}
	if _, ok := chain[0].Field("Cert"); ok || len(chain[0].Fields) != 2 {
		t.Errorf("fields %q", chain[0].Fields)
	}
	cert, err := chain[0].X509()
	if err != nil || cert.Subject.CommonName != "a:b" {
		t.Errorf("parsed %v, %v", cert, err)
	}
	if _, err := chain[1].X509(); err == nil || !strings.Contains(err.Error(), "read Fields") {
		t.Errorf("a certificate without PEM text: %v", err)
	}
}
