package capi

// VersionInfo is what curl_version_info says, field by field. Fields that the running libcurl does not know yet, or
// has nothing to say about, are zero.
type VersionInfo struct {
	Text     string // of curl_version, which names more libraries
	Version  string
	Num      uint32 // 0xXXYYZZ
	Host     string
	Features uint32 // CURL_VERSION_ bits
	SSL      string
	Zlib     string

	Protocols []string

	Ares         string
	AresNum      int
	IDN          string
	IconvNum     int
	SSH          string
	Brotli       string
	BrotliNum    uint32
	NGHTTP2      string
	NGHTTP2Num   uint32
	QUIC         string
	CAInfo       string
	CAPath       string
	Zstd         string
	ZstdNum      uint32
	Hyper        string
	GSASL        string
	FeatureNames []string // nil before 7.87.0
	RTMP         string
}

// running is written once, by Library.Init.
var running VersionInfo

// Running describes the loaded libcurl. It must not be asked before a library is loaded.
func Running() VersionInfo { return running }

// VersionNum is the version of the loaded libcurl, 0xXXYYZZ. It must not be asked before a library is loaded.
func VersionNum() uint32 { return running.Num }
