package curl

import (
	"slices"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// VersionInfo describes the libcurl in use. What a libcurl is too old to tell is left out.
// See https://curl.se/libcurl/c/curl_version_info.html
type VersionInfo struct {
	Version   string       // "8.22.0", on development builds with a suffix
	Num       uint32       // 0x081600 for 8.22.0, for comparisons
	Text      string       // libcurl's own line about itself and the libraries in it
	Library   string       // the file it was loaded from
	Host      string       // the system it was built for: "x86_64-pc-linux-gnu"
	Features  Features     // what was built in
	Protocols []string     // URL schemes in lower case
	TLS       []TLSLibrary // the TLS library in use, then those that could be chosen instead; empty: no TLS
	CAInfo    string       // default file of CA certificates, since 7.70.0
	CAPath    string       // default folder of CA certificates, since 7.70.0
	CAFound   string       // where there are such certificates, when libcurl was built without knowing: "" otherwise

	Ares    Component // c-ares, the resolver
	Brotli  Component // content encoding br
	GSASL   Component // SASL mechanisms; since 7.77.0
	Hyper   Component // HTTP in Rust; 7.75.0 to 8.11
	Iconv   Component // character conversions
	IDN     Component // international host names
	NGHTTP2 Component // HTTP/2; since 7.66.0
	QUIC    Component // HTTP/3; since 7.66.0
	RTMP    Component // since 8.8.0
	SSH     Component // SCP and SFTP
	Zlib    Component // content encodings gzip and deflate
	Zstd    Component // content encoding zstd; since 7.72.0
}

// Component is a library that libcurl uses; the zero Component is one that it does not use.
type Component struct {
	Version string // "1.2.13", with the library's name where there is a choice: "libssh2/1.10.0"
	Num     uint32 // in the library's own encoding, 0 if libcurl gives none
}

// AtLeast says whether the libcurl in use is that version or a newer one.
func (v VersionInfo) AtLeast(major, minor, patch int) bool {
	return int64(v.Num) >= int64(major)<<16|int64(minor)<<8|int64(patch)
}

// Version describes the libcurl in use, which it loads if that has not happened yet; see Load for the errors. It may
// be called from any goroutine, and the result belongs to the caller.
func Version() (VersionInfo, error) {
	if err := loader.Ensure(); err != nil {
		return VersionInfo{}, err
	}
	v := capi.Running()
	// Some versions put the names of brotli and zstd in front of their numbers (8.14.1 does, 7.88.1 does not).
	return VersionInfo{
		Version:   v.Version,
		Num:       v.Num,
		Text:      v.Text,
		Library:   loader.Path(),
		Host:      v.Host,
		Features:  featuresOf(v.Features, v.FeatureNames),
		Protocols: slices.Clone(v.Protocols),
		TLS:       slices.Clone(tlsLibraries),
		CAInfo:    v.CAInfo,
		CAPath:    v.CAPath,
		CAFound:   foundCAs.from,
		Ares:      Component{v.Ares, uint32(v.AresNum)},
		Brotli:    Component{strings.TrimPrefix(v.Brotli, "brotli/"), v.BrotliNum},
		GSASL:     Component{v.GSASL, 0},
		Hyper:     Component{v.Hyper, 0},
		Iconv:     Component{"", uint32(v.IconvNum)},
		IDN:       Component{v.IDN, 0},
		NGHTTP2:   Component{v.NGHTTP2, v.NGHTTP2Num},
		QUIC:      Component{v.QUIC, 0},
		RTMP:      Component{v.RTMP, 0},
		SSH:       Component{v.SSH, 0},
		Zlib:      Component{v.Zlib, 0},
		Zstd:      Component{strings.TrimPrefix(v.Zstd, "zstd/"), v.ZstdNum},
	}, nil
}
