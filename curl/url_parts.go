package curl

import "strconv"

// URLPart is a part of a URL.
type URLPart int

// The parts; the numbers are libcurl's.
const (
	PartURL      URLPart = iota // the whole: "https://user@example.com:8080/path?query#fragment"
	PartScheme                  // "https"
	PartUser                    // the user's name
	PartPassword                // and password
	PartOptions                 // login options: "AUTH=PLAIN" in imap://user;AUTH=PLAIN@host
	PartHost                    // "example.com", or "[::1]"
	PartPort                    // "8080"
	PartPath                    // "/path"; a URL without one has "/"
	PartQuery                   // "query"
	PartFragment                // "fragment"
	PartZoneID                  // of an IPv6 address: "eth0" in "[fe80::1%25eth0]". Since libcurl 7.65.0.
)

var partNames = [...]string{"url", "scheme", "user", "password", "options", "host", "port", "path", "query", "fragment", "zoneid"}

func (p URLPart) String() string {
	if p >= 0 && int(p) < len(partNames) {
		return partNames[p]
	}
	return "URLPart(" + strconv.Itoa(int(p)) + ")"
}

// URLFlag changes how URL.Get and URL.Set work; flags are combined with | or given one by one.
type URLFlag uint

// The flags; the numbers are libcurl's.
const (
	// URLDefaultPort: Get returns the scheme's port when the URL has none.
	URLDefaultPort URLFlag = 1 << iota
	// URLNoDefaultPort: Get leaves a port out that is the scheme's own.
	URLNoDefaultPort
	// URLDefaultScheme: https is assumed where there is no scheme.
	URLDefaultScheme
	// URLNonSupportScheme: Set takes schemes that the running libcurl has no protocol for.
	URLNonSupportScheme
	// URLPathAsIs: Set and Parse keep "/../" and "/./" in the path of a whole URL.
	URLPathAsIs
	// URLDisallowUser: Set and Parse refuse a whole URL with a user name in it.
	URLDisallowUser
	// URLDecode: Get decodes %XX, and + in a query. A part with an encoded control character is an error then.
	URLDecode
	// URLEncode: Set encodes what does not belong in that part; Get encodes the host of a whole URL.
	URLEncode
	// URLAppendQuery: Set adds to the query, with a & before it; together with URLEncode the first = stays.
	URLAppendQuery
	// URLGuessScheme: Set and Parse guess a missing scheme from the host's name: ftp.example.com, else http.
	URLGuessScheme
	// URLNoAuthority: Set and Parse take a URL without a host. Since libcurl 7.67.0.
	URLNoAuthority
	// URLAllowSpace: Set and Parse take spaces outside the scheme and keep them, encoded with URLEncode. Since libcurl 7.78.0.
	URLAllowSpace
	// URLPunycode: Get returns an international host name as ASCII (xn--...). It needs FeatureIDN. Since libcurl 7.88.0.
	URLPunycode
	// URLPunyToIDN: Get returns such an ASCII form as UTF-8. It needs FeatureIDN. Since libcurl 8.3.0.
	URLPunyToIDN
	// URLGetEmpty: Get returns a query or fragment that is there and empty. Since libcurl 8.8.0.
	URLGetEmpty
	// URLNoGuessScheme: Get leaves a scheme out that was only guessed. Since libcurl 8.9.0.
	URLNoGuessScheme
)

// urlFlagSince is when libcurl got the flags that it has not always had. It ignores those that it does not know.
var urlFlagSince = []struct {
	flag  URLFlag
	name  string
	since uint32
}{
	{URLNoAuthority, "CURLU_NO_AUTHORITY", 0x074300},
	{URLAllowSpace, "CURLU_ALLOW_SPACE", 0x074e00},
	{URLPunycode, "CURLU_PUNYCODE", 0x075800},
	{URLPunyToIDN, "CURLU_PUNY2IDN", 0x080300},
	{URLGetEmpty, "CURLU_GET_EMPTY", 0x080800},
	{URLNoGuessScheme, "CURLU_NO_GUESS_SCHEME", 0x080900},
}

const zoneIDSince = 0x074100
