//lint:file-ignore SA1019 libcurl releases that are supported here still have these TLS libraries

package curl

import (
	"crypto/x509"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Certificates returns the certificate chain that the server presented in the last transfer, its own certificate first.
// opt.CertInfo(true) has libcurl keep it; without that, and without TLS, the chain is empty.
//
// https://curl.se/libcurl/c/CURLINFO_CERTINFO.html
func (e *Easy) Certificates() ([]*x509.Certificate, error) {
	certs, err := Info(e, info.CertInfo)
	if err != nil {
		return nil, named(err, "Certificates")
	}
	chain := make([]*x509.Certificate, 0, len(certs))
	for _, c := range certs {
		cert, err := c.X509()
		if err != nil {
			return chain, err
		}
		chain = append(chain, cert)
	}
	return chain, nil
}

// late says that the handle's transfer is on a lane and that libcurl, which others may be driving, has not called the
// callback that the caller stands in. The caller has acquired the handle.
func (h *handle) late(g grip) bool {
	if g.lock == &h.mu { // it is at rest
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.flies && h.inFlight() && !capi.Live(h.cell)
}

// tlsInUse is the TLS library that the loaded libcurl uses, if there is one.
func tlsInUse() info.TLSBackend {
	if loader.Path() == "" || len(tlsLibraries) == 0 {
		return info.TLSNone
	}
	return tlsLibraries[0].Backend
}

// sslContextKind is what opt.SSLContextFunction is given a pointer to.
func sslContextKind() opt.SSLContextKind {
	switch tlsInUse() {
	case info.TLSOpenSSL:
		return opt.OpenSSLContext
	case info.TLSWolfSSL:
		return opt.WolfSSLContext
	case info.TLSMbedTLS:
		return opt.MbedTLSConfig
	case info.TLSBearSSL:
		return opt.BearSSLContext
	}
	return opt.NoSSLContext
}

// checkSSLContext refuses the function where it would never be called.
func checkSSLContext() error {
	if loader.Path() == "" || sslContextKind() != opt.NoSSLContext {
		return nil
	}
	what := "CURLOPT_SSL_CTX_FUNCTION"
	if len(tlsLibraries) > 0 {
		what += ", which " + tlsLibraries[0].Name + " has nothing for (OpenSSL, wolfSSL and mbedTLS have),"
	}
	return unsupported(what, 0)
}
