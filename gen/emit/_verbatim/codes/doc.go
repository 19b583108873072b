// Package codes holds the result codes of libcurl as Go errors, one type for each family of codes:
//
//   - [Easy], CURLcode: what became of a transfer or of a call on its handle
//   - [Multi], CURLMcode: calls on a multi handle
//   - [Share], CURLSHcode: calls on a share
//   - [URL], CURLUcode: taking URLs apart and putting them together
//   - [Header], CURLHcode: reading response headers
//   - [Proxy], CURLproxycode: the details of a failed proxy handshake
//
// Codes are comparable, so errors.Is finds them inside the errors of package curl:
//
//	if errors.Is(err, codes.OperationTimedOut) { ... }
//
// The name of a constant is libcurl's name in Go's spelling: CURLE_COULDNT_CONNECT is [CouldntConnect]. All families
// but Easy carry their own name in front, since many names exist in several of them. String returns the C
// name; the text is this module's, not libcurl's, whose wording changes between versions.
//
// The codes for success, such as [OK], are here for completeness; no function returns one as an error.
package codes
