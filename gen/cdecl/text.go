package cdecl

import (
	"strings"

	"modernc.org/cc/v4"
)

// text writes tokens in the one way headers/curl.h is spaced, however the release spaced them, so that a reformatted
// upstream header gives no diff.
func text(tokens []cc.Token) string {
	var b strings.Builder
	depth, prev := 0, ""
	for i, t := range tokens {
		cur, next := t.SrcStr(), ""
		if i+1 < len(tokens) {
			next = tokens[i+1].SrcStr()
		}
		if cur == "}" {
			depth--
		}
		switch {
		case prev == "{" || prev == ";":
			b.WriteString("\n" + strings.Repeat("\t", depth))
		case spaced(prev, cur, next):
			b.WriteByte(' ')
		}
		if cur == "{" {
			depth++
		}
		b.WriteString(cur)
		prev = cur
	}
	return b.String()
}

func spaced(prev, cur, next string) bool {
	switch {
	case prev == "":
		return false
	case prev == "," || prev == "}" && cur != ";" || prev == ":" || cur == ":" || cur == "{":
		return true
	case cur == "(": // a parameter list sticks to its name, a pointer to a function does not
		return next == "*" && prev != "*"
	case cur == "*":
		return word(prev)
	}
	return word(prev) && word(cur)
}

func word(s string) bool {
	c := s[0]
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
