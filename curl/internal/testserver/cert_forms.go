package testserver

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
)

// EncodeCertificate returns the leaf certificate and its key in PEM form, as
// CURLOPT_SSLCERT_BLOB and CURLOPT_SSLKEY_BLOB take them.
func EncodeCertificate(c tls.Certificate) (cert, key []byte, err error) {
	der, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		return nil, nil, fmt.Errorf("testserver: encode key: %w", err)
	}
	return certPEM(c.Certificate[0]), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

// PublicKeyPin returns the pin of a certificate's key in the form of
// CURLOPT_PINNEDPUBLICKEY.
func PublicKeyPin(c *x509.Certificate) string {
	sum := sha256.Sum256(c.RawSubjectPublicKeyInfo)
	return "sha256//" + base64.StdEncoding.EncodeToString(sum[:])
}

// WriteFile writes data to a file of that name in a directory of the test's
// own and returns the path, for options that only take files.
func WriteFile(tb TB, name string, data []byte) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		tb.Fatalf("testserver: %v", err)
	}
	return path
}
