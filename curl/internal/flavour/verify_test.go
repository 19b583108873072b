package flavour

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestBadCertificate(t *testing.T) {
	s, options := withTLS(t, testserver.HTTPConfig{})
	other, err := testserver.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	h := handle(t, options...)
	set(t, h, opt.CAInfo(testserver.WriteFile(t, "other.pem", other.PEM())))
	fails(t, h, codes.PeerFailedVerification)
	set(t, h, opt.CAInfo(s.CAFile(t)))
	arrives(t, h, "hello\n")
}

func TestWrongHost(t *testing.T) {
	s, options := withTLS(t, testserver.HTTPConfig{})
	h := handle(t, options...)
	set(t, h, opt.URL("https://elsewhere.invalid/"), opt.ConnectTo([]string{"::" + s.Addr()}))
	fails(t, h, codes.PeerFailedVerification)
	set(t, h, opt.URL("https://"+testserver.ServerName+"/"))
	arrives(t, h, "hello\n")
}

func TestPinnedKey(t *testing.T) {
	s, options := withTLS(t, testserver.HTTPConfig{})
	h := handle(t, options...)
	wrong, err := s.Authority.Issue("someone else", "localhost")
	if err != nil {
		t.Fatal(err)
	}
	setOrLacks(t, h, "pinned keys", []string{"bearssl"}, opt.PinnedPublicKey(testserver.PublicKeyPin(wrong.Leaf)))
	fails(t, h, codes.SSLPinnedPubKeyNotMatch)
	set(t, h, opt.PinnedPublicKey(pinOf(t, s)))
	arrives(t, h, "hello\n")
}

func TestCAInMemory(t *testing.T) {
	s, options := withTLS(t, testserver.HTTPConfig{})
	other, err := testserver.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	h := handle(t, options...)
	if err := h.Unset(opt.IDCAInfo); err != nil {
		t.Fatal(err)
	}
	setOrLacks(t, h, "CA certificates from memory", []string{"gnutls", "nss", "mbedtls", "wolfssl"}, opt.CAInfoBlob(other.PEM()))
	fails(t, h, codes.PeerFailedVerification)
	set(t, h, opt.CAInfoBlob(s.CA()))
	arrives(t, h, "hello\n")
}
