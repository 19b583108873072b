package opt

import "time"

// SSLContext is the TLS library's own object for a connection that is about to be made, for code that calls the same
// library, which is the file that libcurl itself uses. It is valid during the [SSLContextFunc] call that got it.
type SSLContext struct {
	Kind    SSLContextKind
	Pointer uintptr
}

// SSLContextKind is the C type of what an [SSLContext] points to.
type SSLContextKind uint8

// The kinds. Other TLS libraries have none, and the option is refused.
const (
	NoSSLContext   SSLContextKind = iota
	OpenSSLContext                // SSL_CTX, of OpenSSL, LibreSSL, BoringSSL and AWS-LC
	WolfSSLContext                // WOLFSSL_CTX
	MbedTLSConfig                 // mbedtls_ssl_config
	BearSSLContext                // br_ssl_client_context
)

// String returns the name of the C type.
func (k SSLContextKind) String() string {
	switch k {
	case OpenSSLContext:
		return "SSL_CTX"
	case WolfSSLContext:
		return "WOLFSSL_CTX"
	case MbedTLSConfig:
		return "mbedtls_ssl_config"
	case BearSSLContext:
		return "br_ssl_client_context"
	}
	return "none"
}

// SSLContextFunc may adjust the TLS context before a handshake (curl_ssl_ctx_callback). It is not called for a
// connection that is reused. An error ends the transfer.
type SSLContextFunc func(ctx SSLContext) error

// SSHKey is a host key as SSH knows it (struct curl_khkey), decoded.
type SSHKey struct {
	Key  []byte
	Type SSHKeyType
}

// SSHKeyFunc decides whether to trust the key of an SSH server (curl_sshkeycallback). known is the key from the known
// hosts file, empty if there is none; match says how the two compare. An error ends the transfer.
type SSHKeyFunc func(known, found SSHKey, match SSHKeyMatch) (SSHKeyAction, error)

// SSHHostKeyFunc decides whether to trust the key of an SSH server (curl_sshhostkeycallback), in place of a known hosts file,
// and unless a hash of the key is set as an option. Returning nil trusts it, an error ends the transfer. The key is valid during
// the call only.
type SSHHostKeyFunc func(t SSHKeyType, key []byte) error

// HSTSEntry is one host that must be reached over HTTPS (struct curl_hstsentry). A zero Expire means that
// the entry does not expire.
type HSTSEntry struct {
	Host              string
	IncludeSubdomains bool
	Expire            time.Time
}

// HSTSReadFunc provides the entries of the HSTS cache, one for each call (curl_hstsread_callback). ok is false when
// there are no more; an error ends the transfer.
type HSTSReadFunc func() (e HSTSEntry, ok bool, err error)

// HSTSWriteFunc receives the entries of the HSTS cache when its handle closes (curl_hstswrite_callback): entry index
// of total. An error stops the writing.
type HSTSWriteFunc func(e HSTSEntry, index, total int) error
