package model

import (
	"strconv"
	"strings"
)

// release reads which libcurl the facts are about.
func (l *loader) release() {
	for _, r := range l.facts("release.tsv", "key", "value") {
		if r.Get("key") == "version" {
			l.api.Release = l.version("release.tsv", r.Get("value"))
		}
	}
}

// symbols reads the constants. Those that went before the oldest import have no value and are no part of the API.
func (l *loader) symbols() {
	l.constant = map[string]Symbol{}
	for _, r := range l.facts("symbols.tsv", "symbol", "value", "introduced", "deprecated", "removed", "varies") {
		s := Symbol{
			Name:       r.Get("symbol"),
			Introduced: l.version("symbols.tsv", r.Get("introduced")),
			Deprecated: l.version("symbols.tsv", r.Get("deprecated")),
			Removed:    l.version("symbols.tsv", r.Get("removed")),
			Varies:     r.Get("varies") != "",
		}
		// What symbols-in-versions does not list marks the end of an enum or a hole in it.
		l.covered[s.Name] = s.Removed != 0 || s.Introduced == 0
		if r.Get("value") == "" {
			continue
		}
		s.Value = l.integer("symbols.tsv", s.Name, r.Get("value"))
		l.constant[s.Name] = s
		l.api.Symbols = append(l.api.Symbols, s)
	}
}

// version reads "7.10.7" or "7.1"; empty is 0.
func (l *loader) version(table, text string) Version {
	if text == "" {
		return 0
	}
	v, ok := ParseVersion(text)
	if !ok {
		l.problem("headers/%s: %q is not a version of libcurl", table, text)
	}
	return v
}

// dated finds a symbol that the documents of its libcurl do not name.
func (l *loader) dated(table, symbol string, introduced Version) {
	if introduced == 0 {
		l.problem("headers/%s: %s has no release: import docs of the same libcurl as its headers, whose symbols-in-versions names it", table, symbol)
	}
}

// ParseVersion reads "7.10.7" or "7.1" as libcurl writes them.
func ParseVersion(text string) (Version, bool) {
	parts := strings.Split(text, ".")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	var v Version
	for i, shift := range []int{16, 8, 0} {
		if i == len(parts) {
			break
		}
		n, err := strconv.ParseUint(parts[i], 10, 8)
		if err != nil {
			return 0, false
		}
		v |= Version(n) << shift
	}
	return v, true
}

func (l *loader) integer(table, symbol, text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		l.problem("headers/%s: %s: %q is not a number", table, symbol, text)
	}
	return n
}

func list(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
