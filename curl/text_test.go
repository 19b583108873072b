package curl_test

import (
	"errors"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/curl"
)

func TestEscapeAndUnescapeAreInverse(t *testing.T) {
	for plain, escaped := range map[string]string{
		"":             "",
		"a-b.c_d~9":    "a-b.c_d~9",
		"a b/ü":        "a%20b%2F%C3%BC",
		"nul\x00\xff+": "nul%00%FF%2B",
	} {
		if got, err := curl.Escape(plain); got != escaped || err != nil {
			t.Errorf("Escape(%q) = %q, %v; want %q", plain, got, err, escaped)
		}
		if got, err := curl.Unescape(escaped); got != plain || err != nil {
			t.Errorf("Unescape(%q) = %q, %v; want %q", escaped, got, err, plain)
		}
	}
}

func TestParseDate(t *testing.T) {
	want := time.Date(1994, time.November, 6, 8, 49, 37, 0, time.UTC)
	for _, s := range []string{"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "19941106 08:49:37"} {
		if got, err := curl.ParseDate(s); err != nil || !got.Equal(want) {
			t.Errorf("ParseDate(%q) = %v, %v; want %v", s, got, err, want)
		}
	}
	for _, s := range []string{"", "soon", "Nov\x006"} {
		if got, err := curl.ParseDate(s); !errors.Is(err, curl.ErrNoDate) {
			t.Errorf("ParseDate(%q) = %v, %v, want ErrNoDate", s, got, err)
		}
	}
}
