package emit

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

const commentWidth = 100

// comment lays paragraphs out as one Go comment; empty ones are left out.
func comment(paragraphs ...string) string {
	var lines []string
	for _, paragraph := range paragraphs {
		if paragraph == "" {
			continue
		}
		if lines != nil {
			lines = append(lines, "//")
		}
		line := "//"
		for _, word := range strings.Fields(paragraph) {
			if line != "//" && len(line)+1+len(word) > commentWidth {
				lines = append(lines, line)
				line = "//"
			}
			line += " " + word
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// sentences joins the non-empty ones.
func sentences(all ...string) string {
	var given []string
	for _, s := range all {
		if s != "" {
			given = append(given, s)
		}
	}
	return strings.Join(given, " ")
}

// afterColon turns a summary into the second half of a sentence: the capital goes, unless the first word is a name
// or an abbreviation.
func afterColon(summary string) string {
	first, size := utf8.DecodeRuneInString(summary)
	word, _, _ := strings.Cut(summary, " ")
	if strings.ContainsFunc(word[size:], func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) }) {
		return summary
	}
	if len(word) == 1 && first != 'A' { // "I", "C"
		return summary
	}
	return string(unicode.ToLower(first)) + summary[size:]
}

// since is the sentence about the first version that has a symbol.
func since(v model.Version) string {
	return "Since libcurl " + versionText(v) + "."
}

func versionText(v model.Version) string {
	return fmt.Sprintf("%d.%d.%d", v>>16, v>>8&0xff, v&0xff)
}

// manual is the paragraph with the address of a symbol's manual page.
func manual(symbol string) string {
	return "See https://curl.se/libcurl/c/" + symbol + ".html"
}

// deprecated is the paragraph by which Go tools warn, empty when v is 0.
func deprecated(v model.Version, instead string) string {
	if v == 0 {
		return ""
	}
	text := "Deprecated: since libcurl " + versionText(v)
	if instead != "" {
		text += "; use " + instead + " instead"
	}
	return text + "."
}
