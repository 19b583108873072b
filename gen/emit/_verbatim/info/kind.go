package info

import "strconv"

// Kind is the C type in which libcurl answers.
type Kind uint8

// The kinds.
const (
	KindLong   Kind = iota + 1 // long
	KindOff                    // curl_off_t
	KindDouble                 // double
	KindString                 // char *
	KindList                   // struct curl_slist *, owned by the caller
	KindCerts                  // struct curl_certinfo *
	KindTLS                    // struct curl_tlssessioninfo *
	KindSocket                 // curl_socket_t
)

var kindNames = [...]string{
	KindLong: "long", KindOff: "off_t", KindDouble: "double", KindString: "string", KindList: "list",
	KindCerts: "certificates", KindTLS: "TLS session", KindSocket: "socket",
}

// String returns a word for the kind: "long", "off_t", "double", "string", "list", "certificates", "TLS session" or
// "socket".
func (k Kind) String() string {
	if int(k) < len(kindNames) && kindNames[k] != "" {
		return kindNames[k]
	}
	return "Kind(" + strconv.Itoa(int(k)) + ")"
}
