package capi

// TLSFound is what a TLS library has answered.
type TLSFound struct {
	Answer  TLSAnswer
	Version uint64 // in its own encoding, 0: not told
	Text    string // version in words, where there is no number
	File    string // of the library, "" when it is part of libcurl or was not found
	Layer   bool   // wolfSSL's OpenSSL-compatible layer is there
}

// TLSBackend is a TLS library in libcurl's own list.
type TLSBackend struct {
	ID   int // a CURLSSLBACKEND_ number
	Name string
}
