package info

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"
)

// Certificate is one certificate of the chain that a server presented.
type Certificate struct {
	Fields []CertField // as the TLS library names and prints them, in its order
	PEM    string      // the certificate itself
}

// CertField is one property of a certificate: "Subject", "Issuer", "Expire date" and so on.
type CertField struct {
	Name, Value string
}

// X509 parses the certificate.
func (c Certificate) X509() (*x509.Certificate, error) {
	block, _ := pem.Decode([]byte(c.PEM))
	if block == nil {
		return nil, errors.New("info: the TLS library of this libcurl gave no PEM text of the certificate; read Fields instead")
	}
	return x509.ParseCertificate(block.Bytes)
}

// Field returns the value of the property with a name, and whether the certificate has it.
func (c Certificate) Field(name string) (string, bool) {
	for _, f := range c.Fields {
		if strings.EqualFold(f.Name, name) {
			return f.Value, true
		}
	}
	return "", false
}

func toCertificates(v Value) []Certificate {
	chain := make([]Certificate, 0, len(v.Certs))
	for _, lines := range v.Certs {
		var c Certificate
		for _, line := range lines {
			name, value, _ := strings.Cut(line, ":")
			if name == "Cert" {
				c.PEM = value
				continue
			}
			c.Fields = append(c.Fields, CertField{name, value})
		}
		chain = append(chain, c)
	}
	return chain
}
