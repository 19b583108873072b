package curl

import (
	"fmt"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// Escape encodes s for use in a URL: every byte that is not a letter, a digit or one of "-._~" becomes %XX.
//
// https://curl.se/libcurl/c/curl_easy_escape.html
func Escape(s string) (string, error) {
	if err := loader.Ensure(); err != nil {
		return "", err
	}
	out, ok := capi.Escape(s)
	if !ok {
		return "", fmt.Errorf("curl: Escape: a string of %d bytes is more than libcurl takes, or it is out of memory", len(s))
	}
	return out, nil
}

// Unescape decodes the %XX sequences of a URL. The result can contain any byte, also NUL.
//
// https://curl.se/libcurl/c/curl_easy_unescape.html
func Unescape(s string) (string, error) {
	if err := loader.Ensure(); err != nil {
		return "", err
	}
	out, ok := capi.Unescape(s)
	if !ok {
		return "", fmt.Errorf("curl: Unescape: a string of %d bytes is more than libcurl takes, or it is out of memory", len(s))
	}
	return out, nil
}

// ParseDate reads a date the way HTTP servers, cookies and FTP listings write it: many formats, in English. A date
// without a time zone is in UTC.
//
// https://curl.se/libcurl/c/curl_getdate.html
func ParseDate(s string) (time.Time, error) {
	if err := loader.Ensure(); err != nil {
		return time.Time{}, err
	}
	if strings.IndexByte(s, 0) >= 0 {
		return time.Time{}, fmt.Errorf("curl: ParseDate: %q contains a NUL byte", s)
	}
	sec := capi.ParseDate(s)
	if sec == -1 {
		return time.Time{}, fmt.Errorf("curl: ParseDate: %q is no date that libcurl can read", s)
	}
	return time.Unix(sec, 0).UTC(), nil
}
