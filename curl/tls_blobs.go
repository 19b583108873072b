package curl

import (
	"bytes"

	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// isClientBlob says that the option is a certificate for the server to see, or its key.
func isClientBlob(id opt.ID) bool {
	switch id {
	case opt.IDSSLCertBlob, opt.IDSSLKeyBlob, opt.IDProxySSLCertBlob, opt.IDProxySSLKeyBlob:
		return true
	}
	return false
}

// checkClientBlob refuses what libcurl would take and never look at: the server would miss a certificate.
func checkClientBlob(id opt.ID) error {
	if !quirkBlobs.here() || tlsInUse() != info.TLSGnuTLS {
		return nil
	}
	m, _ := opt.Lookup(id)
	return unsupported(m.Name+", which libcurl does not look at with GnuTLS (use the option for a file),", 0)
}

// keyBlob is the value of a key's option. mbedTLS tells PEM by the NUL behind it, which libcurl does not add for keys.
func keyBlob(id opt.ID, value []byte) []byte {
	if id != opt.IDSSLKeyBlob && id != opt.IDProxySSLKeyBlob || tlsInUse() != info.TLSMbedTLS ||
		!bytes.Contains(value, []byte("-----BEGIN")) || bytes.HasSuffix(value, []byte{0}) {
		return value
	}
	return append(bytes.Clone(value), 0)
}
