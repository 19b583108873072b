package protocols

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
)

// identity is a certificate of the test's own for a server on loopback, in files, which is how servers want it.
type identity struct{ ca, cert, key string }

func newIdentity(t *testing.T) identity {
	t.Helper()
	authority, err := testserver.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	issued, err := authority.Issue("localhost", "localhost", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	cert, key, err := testserver.EncodeCertificate(issued)
	if err != nil {
		t.Fatal(err)
	}
	dir := openDir(t)
	return identity{ca: write(t, dir, "ca.pem", string(authority.PEM())), cert: write(t, dir, "cert.pem", string(cert)),
		key: write(t, dir, "key.pem", string(key))}
}
