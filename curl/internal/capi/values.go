package capi

// What the C structures of callbacks and infos become: plain Go values, copied.

// SockAddr is libcurl's struct curl_sockaddr, decoded.
type SockAddr struct {
	Family, Type, Protocol int
	Addr                   []byte // the struct sockaddr itself: libcurl's memory
}

// FileInfo is libcurl's struct curl_fileinfo, copied.
type FileInfo struct {
	Name                        string
	Type                        int
	Time                        int64 // seconds since 1970
	Perm                        uint32
	UID, GID                    int
	Size, HardLinks             int64
	Flags                       uint32 // CURLFINFOFLAG_KNOWN_*: which fields the server told
	TimeText, PermText          string
	UserText, GroupText, Target string
}

// HSTSEntry is libcurl's struct curl_hstsentry, copied; Expire is "YYYYMMDD HH:MM:SS" or "".
type HSTSEntry struct {
	Name       string
	Subdomains bool
	Expire     string
}

// SockAddrRoom is the longest address EncodeSockAddr takes: what libcurl's struct has room for behind its header.
const SockAddrRoom = 128

// Header is one header field of a response.
type Header struct {
	Name, Value   string
	Index, Amount int  // the which-th of how many fields of this name
	Origin        uint // one of the CURLH_ bits
}

// WaitFD is a descriptor to wait for; Events and Revents are CURL_WAIT_POLL bits.
type WaitFD struct {
	FD              uintptr
	Events, Revents uint16
}

// Session is a TLS session as libcurl packs it.
type Session struct {
	Key        string // "" when only its hash is known
	Hash, Data []byte
	ALPN       string
	ValidUntil int64 // seconds since 1970
	TLS        int   // 0x0304: 1.3
	Early      uint64
}

// Option is a row of libcurl's own option table.
type Option struct {
	ID    int32
	Name  string // without CURLOPT_
	Type  int    // a curl_easytype
	Alias bool
}

// What the progress functions answer: they end the transfer, or another callback has done so before.
const (
	ProgressEnd   = 1
	ProgressEnded = 2
)
