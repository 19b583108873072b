package curl

import (
	"fmt"
	"net/url"

	"github.com/seed-0edfda58/gocurl/generated/codes"
)

// URLFrom makes a URL of net/url's. Its errors are those of ParseURL: a URL that is relative, has no host, or is opaque
// ("mailto:x"), is none for libcurl.
//
// The text is parsed again by libcurl, so that what comes out is what libcurl understands: it removes "/../" from the path
// (unless URLPathAsIs is given), writes hosts such as 0x7f.1 as IPv4 addresses, and takes ";AUTH=..." off the user name of
// imap, pop3 and smtp as PartOptions.
func URLFrom(from *url.URL, flags ...URLFlag) (*URL, error) {
	if from == nil {
		return nil, fmt.Errorf("curl: URLFrom: the *url.URL is nil: %w", &URLError{"set", PartURL, codes.URLMalformedInput})
	}
	return ParseURL(from.String(), flags...)
}

// NetURL makes a URL of net/url's. The error is that of Get for the whole, or url.Parse's for what only libcurl accepts:
// a % in the path or host that begins no %XX, spaces that URLAllowSpace has let in, some characters in hosts.
//
// An empty query or fragment is lost, because libcurl leaves it out, and login options become part of the user name or
// password, where libcurl writes them. The order of what is equal is kept; nothing is encoded anew.
func (u *URL) NetURL() (*url.URL, error) {
	text, err := u.get("NetURL", PartURL, nil)
	if err != nil {
		return nil, err
	}
	to, err := url.Parse(text)
	if err != nil {
		if e, ok := err.(*url.Error); ok {
			err = e.Err // which does not quote the password
		}
		return nil, fmt.Errorf("curl: NetURL: net/url does not accept the URL: %w", err)
	}
	return to, nil
}
