package model

import (
	"strconv"
	"strings"
)

// Unset is what puts libcurl's default back.
type Unset struct {
	Kind  UnsetKind
	Value int64          // of UnsetNumber
	Older []OlderDefault // what it was before, the youngest first
}

type UnsetKind string

const (
	UnsetNone   UnsetKind = "none" // there is no way back
	UnsetNull   UnsetKind = "null"
	UnsetCAs    UnsetKind = "caps" // the place where libcurl looks for certificates
	UnsetNumber UnsetKind = "number"
)

// OlderDefault is what a number was before a release.
type OlderDefault struct {
	Before Version
	Value  int64
}

// parseUnset reads "null", "caps", "none" or "86400,<8.17.0=0".
func parseUnset(text string) (u Unset, ok bool) {
	switch kind := UnsetKind(text); kind {
	case UnsetNone, UnsetNull, UnsetCAs:
		return Unset{Kind: kind}, true
	}
	newest, older, more := strings.Cut(text, ",")
	now, err := strconv.ParseInt(newest, 10, 64)
	if err != nil {
		return Unset{}, false
	}
	u = Unset{Kind: UnsetNumber, Value: now}
	for more {
		var entry string
		entry, older, more = strings.Cut(older, ",")
		before, value, _ := strings.Cut(entry, "=")
		number, isOlder := strings.CutPrefix(before, "<")
		version, isVersion := ParseVersion(number)
		was, err := strconv.ParseInt(value, 10, 64)
		if !isOlder || !isVersion || err != nil {
			return Unset{}, false
		}
		u.Older = append(u.Older, OlderDefault{version, was})
	}
	return u, true
}
