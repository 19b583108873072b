package info

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// Meta is what the generator knows about one key. Versions are written as libcurl does: 0x081600 is 8.22.0.
type Meta struct {
	ID         ID
	Name       string // the C symbol: CURLINFO_TOTAL_TIME_T
	Go         string // the key: TotalTime; empty when Owner is not
	Kind       Kind
	Since      uint32 // the first libcurl that has it
	Deprecated uint32 // the libcurl that deprecated it, 0 if none did
	Owner      string // who reads it instead of a key of this package; empty when there is one
}

// Lookup returns what is known about a number.
func Lookup(id ID) (Meta, bool) {
	i, ok := slices.BinarySearchFunc(byID[:], id, func(row uint8, id ID) int { return cmp.Compare(metas[row].ID, id) })
	if !ok {
		return Meta{}, false
	}
	return metas[byID[i]], true
}

// ByName returns what is known about the key with a C name, which may lack its CURLINFO_.
func ByName(name string) (Meta, bool) {
	name = "CURLINFO_" + strings.TrimPrefix(name, "CURLINFO_")
	i, ok := slices.BinarySearchFunc(metas[:], name, func(m Meta, name string) int { return strings.Compare(m.Name, name) })
	if !ok {
		return Meta{}, false
	}
	return metas[i], true
}

// All lists every key, sorted by its C name.
func All() iter.Seq[Meta] { return slices.Values(metas[:]) }

// String returns the C name: CURLINFO_RESPONSE_CODE. A number that is not a key of this libcurl reads CURLINFO_12345.
func (id ID) String() string {
	if meta, ok := Lookup(id); ok {
		return meta.Name
	}
	return "CURLINFO_" + strconv.Itoa(int(id))
}
