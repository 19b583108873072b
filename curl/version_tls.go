//lint:file-ignore SA1019 libcurl releases that are supported here still have these TLS libraries

package curl

import (
	"strings"

	"github.com/seed-0edfda58/gocurl/generated/info"
)

// TLSLibrary is a TLS library that libcurl was built with.
type TLSLibrary struct {
	Name    string // "OpenSSL", "GnuTLS", "BoringSSL", "rustls-ffi", ...: one of the constants TLSOpenSSL and so on
	Version string // "3.0.22"; "" for libraries that do not tell, like BoringSSL
	Detail  string // what libcurl says beyond that: "rustls/0.23.42/ring"

	// Backend is libcurl's number for it, which OpenSSL, LibreSSL, BoringSSL and AWS-LC have in common.
	Backend info.TLSBackend

	Threads TLSThreads // what it does about several threads
	Locks   TLSLocks   // what it was given because of that
	Asked   string     // the file whose functions were asked; "" when there was nothing to ask, or it is part of libcurl
	Note    string     // what else was found: "libgcrypt 1.5.3", "with its OpenSSL-compatible layer"
}

// The names of TLS libraries, as TLSLibrary has them and ChooseTLS takes them.
const (
	TLSOpenSSL         = "OpenSSL"
	TLSLibreSSL        = "LibreSSL"
	TLSBoringSSL       = "BoringSSL"
	TLSAWSLC           = "AWS-LC"
	TLSGnuTLS          = "GnuTLS"
	TLSNSS             = "NSS" // until 8.2
	TLSMbedTLS         = "mbedTLS"
	TLSWolfSSL         = "wolfSSL"
	TLSRustls          = "rustls-ffi"
	TLSBearSSL         = "BearSSL"         // until 8.14
	TLSSchannel        = "Schannel"        // of Windows
	TLSSecureTransport = "SecureTransport" // of macOS, until 8.14
)

// tlsBackends has libcurl's numbers, and by that what names are known.
var tlsBackends = map[string]info.TLSBackend{
	TLSOpenSSL: info.TLSOpenSSL, TLSLibreSSL: info.TLSOpenSSL, TLSBoringSSL: info.TLSOpenSSL, TLSAWSLC: info.TLSOpenSSL,
	TLSGnuTLS: info.TLSGnuTLS, TLSNSS: info.TLSNSS, TLSMbedTLS: info.TLSMbedTLS, TLSWolfSSL: info.TLSWolfSSL,
	TLSRustls: info.TLSRustls, TLSBearSSL: info.TLSBearSSL, TLSSchannel: info.TLSSchannel,
	TLSSecureTransport: info.TLSSecureTransport, "GSKit": info.TLSGSKit, "MesaLink": info.TLSMesaLink,
}

// parseTLS reads libcurl's text about its TLS libraries. A build with several puts those not in use in brackets:
// "(wolfSSL/5.9.2) GnuTLS/3.7.9 (OpenSSL/3.0.22)". A bracket that is not closed was cut off: old versions keep 80
// bytes of the text.
func parseTLS(text string) []TLSLibrary {
	var active string
	var others []TLSLibrary
	for text != "" {
		before, rest, bracket := strings.Cut(text, "(")
		active += before
		if !bracket {
			break
		}
		name, after, _ := strings.Cut(rest, ")")
		others = append(others, parseTLSLibrary(name))
		text = after
	}
	if active = strings.TrimSpace(active); active == "" {
		return others
	}
	return append([]TLSLibrary{parseTLSLibrary(active)}, others...)
}

// parseTLSLibrary reads "name", "name/version" and "name/version/detail"; old NSS separates the detail by a space.
func parseTLSLibrary(text string) TLSLibrary {
	name, rest, _ := strings.Cut(strings.TrimSpace(text), "/")
	lib := TLSLibrary{Name: name, Version: rest, Backend: tlsBackends[name]}
	if end := strings.IndexAny(rest, "/ "); end >= 0 {
		lib.Version, lib.Detail = rest[:end], rest[end+1:]
	}
	return lib
}

// parseTLSIn finds the TLS libraries in the text of curl_version, which names all kinds of libraries. Which of several
// is in use may change until libcurl is initialised.
func parseTLSIn(text string) (libs []TLSLibrary) {
	for word := range strings.FieldsSeq(text) {
		lib := parseTLSLibrary(strings.Trim(word, "()"))
		if _, known := tlsBackends[lib.Name]; known {
			libs = append(libs, lib)
		}
	}
	return libs
}
