package testserver

import "crypto/tls"

// ServerName is a host name that the certificates of all peers hold, with every
// name directly under it. CURLOPT_RESOLVE, CURLOPT_CONNECT_TO or a proxy of this
// package make it reach a peer. They hold localhost and its addresses too.
const ServerName = "server.test"

// A wildcard needs two labels after it: libcurl takes no *.test.
var serverNames = []string{"localhost", "127.0.0.1", "::1", ServerName, "*." + ServerName}

// serverTLS makes an authority and a configuration with a certificate of its.
func serverTLS() (*Authority, *tls.Config, error) {
	authority, err := NewAuthority()
	if err != nil {
		return nil, nil, err
	}
	cert, err := authority.Issue("testserver", serverNames...)
	if err != nil {
		return nil, nil, err
	}
	return authority, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}, nil
}

// tlsConfig returns what config asks for, nil for cleartext.
func (s *HTTP) tlsConfig(config HTTPConfig) (t *tls.Config, err error) {
	if !config.TLS {
		return nil, nil
	}
	if s.Authority, t, err = serverTLS(); err != nil {
		return nil, err
	}
	if config.ClientCert {
		t.ClientAuth = tls.RequireAndVerifyClientCert
		t.ClientCAs = s.Authority.Pool()
	}
	if config.TuneTLS != nil {
		config.TuneTLS(t)
	}
	return t, nil
}

// CA returns the PEM form of the certificate that vouches for the server, nil
// without TLS.
func (s *HTTP) CA() []byte {
	if s.Authority == nil {
		return nil
	}
	return s.Authority.PEM()
}

// CAFile writes CA to a file and returns its path.
func (s *HTTP) CAFile(tb TB) string {
	tb.Helper()
	return WriteFile(tb, "ca.pem", s.CA())
}
