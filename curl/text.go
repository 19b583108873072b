package curl

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
)

// ErrTextTooLong: a text for Escape or Unescape is more than libcurl takes, or memory ran out.
var ErrTextTooLong = errors.New("the text is more than libcurl takes, or memory ran out")

// ErrNoDate: a text for ParseDate is none that libcurl can read.
var ErrNoDate = errors.New("no date that libcurl can read")

// Escape encodes s for use in a URL: every byte that is not a letter, a digit or one of "-._~" becomes %XX. The error is
// ErrTextTooLong, or that of Load. A URL has parts with rules of their own: see URL.Set with URLEncode.
//
// https://curl.se/libcurl/c/curl_easy_escape.html
func Escape(s string) (string, error) {
	if err := loader.Ensure(); err != nil {
		return "", err
	}
	out, ok := capi.Escape(s)
	if !ok {
		return "", fmt.Errorf("curl: Escape: %d bytes: %w", len(s), ErrTextTooLong)
	}
	return out, nil
}

// Unescape decodes the %XX sequences of a URL. The result can contain any byte, also NUL. The error is that of Escape.
//
// https://curl.se/libcurl/c/curl_easy_unescape.html
func Unescape(s string) (string, error) {
	if err := loader.Ensure(); err != nil {
		return "", err
	}
	out, ok := capi.Unescape(s)
	if !ok {
		return "", fmt.Errorf("curl: Unescape: %d bytes: %w", len(s), ErrTextTooLong)
	}
	return out, nil
}

// ParseDate reads a date the way HTTP servers, cookies and FTP listings write it: many formats, in English. A date
// without a time zone is in UTC. The error is ErrNoDate, or that of Load.
//
// https://curl.se/libcurl/c/curl_getdate.html
func ParseDate(s string) (time.Time, error) {
	if err := loader.Ensure(); err != nil {
		return time.Time{}, err
	}
	if strings.IndexByte(s, 0) >= 0 {
		return time.Time{}, fmt.Errorf("curl: ParseDate: %q: %w: it holds a NUL byte", s, ErrNoDate)
	}
	sec := capi.ParseDate(s)
	if sec == -1 {
		return time.Time{}, fmt.Errorf("curl: ParseDate: %q: %w", s, ErrNoDate)
	}
	return time.Unix(sec, 0).UTC(), nil
}
