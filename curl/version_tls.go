package curl

import "strings"

// TLSLibrary is a TLS library that libcurl was built with.
type TLSLibrary struct {
	Name    string // "OpenSSL", "GnuTLS", "BoringSSL", "rustls-ffi", ...
	Version string // "3.0.22"; "" for libraries that do not tell, like BoringSSL
	Detail  string // what libcurl says beyond that: "rustls/0.23.42/ring"
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
	lib := TLSLibrary{Name: name, Version: rest}
	if end := strings.IndexAny(rest, "/ "); end >= 0 {
		lib.Version, lib.Detail = rest[:end], rest[end+1:]
	}
	return lib
}
