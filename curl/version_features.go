package curl

import "slices"

// Feature is something that a libcurl can be built with or without, by the name that libcurl gives it. A libcurl
// newer than this package may have features beyond the constants.
type Feature string

// Features that a libcurl can have.
const (
	FeatureAltSvc        Feature = "alt-svc"       // Alt-Svc
	FeatureAppleSecTrust Feature = "AppleSecTrust" // verification by Apple's SecTrust, since 8.17.0
	FeatureAsynRR        Feature = "asyn-rr"       // c-ares for HTTPS records beside the threaded resolver, since 8.12.0
	FeatureAsynchDNS     Feature = "AsynchDNS"     // name resolving does not block
	FeatureBrotli        Feature = "brotli"        // content encoding br
	FeatureCharConv      Feature = "CharConv"      // character conversion callbacks, until 7.82.0
	FeatureDebug         Feature = "Debug"         // a debug build
	FeatureECH           Feature = "ECH"           // encrypted client hello, since 8.8.0
	FeatureGSASL         Feature = "gsasl"         // SCRAM through libgsasl
	FeatureGSSAPI        Feature = "GSS-API"       // a GSS-API library
	FeatureHSTS          Feature = "HSTS"          // strict transport security
	FeatureHTTP2         Feature = "HTTP2"         // HTTP/2
	FeatureHTTP3         Feature = "HTTP3"         // HTTP/3
	FeatureHTTPSProxy    Feature = "HTTPS-proxy"   // TLS to a proxy
	FeatureHTTPSig       Feature = "HTTPSIG"       // HTTP message signatures, since 8.22.0
	FeatureHTTPSRR       Feature = "HTTPSRR"       // HTTPS records of the DNS, since 8.12.0
	FeatureIDN           Feature = "IDN"           // international host names
	FeatureIPv6          Feature = "IPv6"          // IPv6
	FeatureKerberos      Feature = "Kerberos"      // Kerberos 5 for FTP, mail, LDAP and SOCKS
	FeatureLargefile     Feature = "Largefile"     // files beyond 2 GB
	FeatureLibz          Feature = "libz"          // content encodings gzip and deflate
	FeatureMultiSSL      Feature = "MultiSSL"      // several TLS libraries to choose from
	FeatureNativeCA      Feature = "NativeCA"      // the system's CA store, since 8.19.0
	FeatureNTLM          Feature = "NTLM"          // NTLM
	FeatureNTLMWB        Feature = "NTLM_WB"       // NTLM through winbind, until 8.8.0
	FeatureProxyHTTP3    Feature = "proxy-HTTP3"   // tunnels through HTTP/3 proxies, since 8.21.0
	FeaturePSL           Feature = "PSL"           // public suffix list for cookies
	FeatureSPNEGO        Feature = "SPNEGO"        // Negotiate
	FeatureSSL           Feature = "SSL"           // TLS
	FeatureSSLSExport    Feature = "SSLS-EXPORT"   // export and import of TLS sessions, since 8.12.0
	FeatureSSPI          Feature = "SSPI"          // Windows' own authentication
	FeatureThreadSafe    Feature = "threadsafe"    // global initialisation locks itself, since 7.84.0
	FeatureTLSSRP        Feature = "TLS-SRP"       // TLS with SRP
	FeatureTrackMemory   Feature = "TrackMemory"   // memory debugging
	FeatureUnicode       Feature = "Unicode"       // Unicode file names on Windows
	FeatureUnixSockets   Feature = "UnixSockets"   // Unix domain sockets
	FeatureZstd          Feature = "zstd"          // content encoding zstd
)

// featureBits names the bits of the mask that is all that versions before 7.87.0 have; features added since 8.8.0
// have no bit. The empty ones were retired before the oldest supported version.
var featureBits = [...]Feature{
	0:  FeatureIPv6,
	2:  FeatureSSL,
	3:  FeatureLibz,
	4:  FeatureNTLM,
	6:  FeatureDebug,
	7:  FeatureAsynchDNS,
	8:  FeatureSPNEGO,
	9:  FeatureLargefile,
	10: FeatureIDN,
	11: FeatureSSPI,
	12: FeatureCharConv,
	13: FeatureTrackMemory,
	14: FeatureTLSSRP,
	15: FeatureNTLMWB,
	16: FeatureHTTP2,
	17: FeatureGSSAPI,
	18: FeatureKerberos,
	19: FeatureUnixSockets,
	20: FeaturePSL,
	21: FeatureHTTPSProxy,
	22: FeatureMultiSSL,
	23: FeatureBrotli,
	24: FeatureAltSvc,
	25: FeatureHTTP3,
	26: FeatureZstd,
	27: FeatureUnicode,
	28: FeatureHSTS,
	29: FeatureGSASL,
	30: FeatureThreadSafe,
}

// Features is a set of features, sorted.
type Features []Feature

// Has says whether the set contains the feature. Upper and lower case are different.
func (f Features) Has(feature Feature) bool { return slices.Contains(f, feature) }

// featuresOf joins what the mask and the list of names say: names came with 7.87.0, and a few bits have none.
func featuresOf(mask uint32, names []string) Features {
	var set Features
	for _, name := range names {
		set = append(set, Feature(name))
	}
	for bit, feature := range featureBits {
		if feature != "" && mask>>bit&1 != 0 {
			set = append(set, feature)
		}
	}
	slices.Sort(set)
	return slices.Compact(set)
}
