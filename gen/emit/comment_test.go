package emit

import (
	"strings"
	"testing"
)

func TestCommentWraps(t *testing.T) {
	text := comment(strings.Repeat("word ", 40), "", "Deprecated: yes.")
	lines := strings.Split(text, "\n")
	for _, line := range lines {
		if len(line) > commentWidth || !strings.HasPrefix(line, "//") || strings.HasSuffix(line, " ") {
			t.Errorf("line %q", line)
		}
	}
	if strings.Count(text, "word") != 40 {
		t.Error("words got lost")
	}
	if want := "//\n// Deprecated: yes."; !strings.HasSuffix(text, want) || strings.Contains(text, "//\n//\n") {
		t.Errorf("the paragraphs read\n%s", text)
	}
}

func TestAfterColon(t *testing.T) {
	for summary, want := range map[string]string{
		"Follows redirects.":    "follows redirects.",
		"A number.":             "a number.",
		"TLS sessions to keep.": "TLS sessions to keep.",
		"IPv6 only.":            "IPv6 only.",
		"HTTP/2 streams.":       "HTTP/2 streams.",
		"X is unknown.":         "X is unknown.",
	} {
		if got := afterColon(summary); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDeprecated(t *testing.T) {
	for want, got := range map[string]string{
		"": deprecated(0, "[X]"),
		"Deprecated: since libcurl 7.85.0; use [X] instead.": deprecated(0x075500, "[X]"),
		"Deprecated: since libcurl 7.85.0.":                  deprecated(0x075500, ""),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
