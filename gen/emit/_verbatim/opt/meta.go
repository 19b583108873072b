package opt

import (
	"iter"
	"slices"
	"strconv"
	"strings"
)

// Meta is what the generator knows about one option. Versions are written as libcurl does: 0x081600 is 8.22.0.
type Meta struct {
	ID         ID
	Name       string // the C symbol: CURLOPT_CONNECT_TO
	Go         string // the constructor: ConnectTo; the part of the runtime where Owner is not empty
	Class      Class
	Since      uint32  // the first libcurl that has it
	Deprecated uint32  // the libcurl that deprecated it, 0 if none did
	Owner      string  // who sets it instead of a constructor of this package; empty when there is one
	Live       bool    // libcurl reads it again while a transfer runs, so a callback of that transfer may set it
	Borrowed   bool    // libcurl keeps the pointer it is given and makes no copy
	Calls      bool    // setting it can enter a callback
	Secret     bool    // its value must not be logged
	Fallback   ID      // the option with the same meaning for a libcurl that lacks this one, 0 if there is none
	Unset      Unset   // what puts libcurl's default back
	Later      []Later // constants that came after it; see Lacks
}

// Unset is the value that puts libcurl's default back.
type Unset struct {
	Kind  UnsetKind
	Int   int64          // UnsetInt
	Older []OlderDefault // oldest first; empty when the default never changed
}

// UnsetKind says which kind of value puts the default back.
type UnsetKind uint8

// The kinds of Unset.
const (
	UnsetNever UnsetKind = iota // the runtime owns the option
	UnsetNull                   // a null pointer
	UnsetInt                    // a number
	UnsetCAs                    // the location of certificates that libcurl was built with, which it can be asked for
)

// OlderDefault is a default that held before a release changed it.
type OlderDefault struct {
	Before uint32 // the first libcurl that has a newer default
	Int    int64
}

// For returns the default number of the libcurl version given.
func (u Unset) For(version uint32) int64 {
	for _, old := range u.Older {
		if version < old.Before {
			return old.Int
		}
	}
	return u.Int
}

// Lookup returns what is known about an option.
func Lookup(id ID) (Meta, bool) {
	// The number of an option modulo the base of its C type is unique.
	if n := int(id) % 10000; n >= 0 && n < len(byNumber) {
		if row := &metas[byNumber[n]]; row.ID == id {
			return *row, true
		}
	}
	return Meta{}, false
}

// ByName returns what is known about the option with a C name. The name may lack its CURLOPT_ and may be one of the
// old names that libcurl keeps as an alias.
func ByName(name string) (Meta, bool) {
	name = "CURLOPT_" + strings.TrimPrefix(name, "CURLOPT_")
	if i, ok := slices.BinarySearchFunc(aliases[:], name, func(a alias, name string) int {
		return strings.Compare(a.name, name)
	}); ok {
		return Lookup(aliases[i].id)
	}
	i, ok := slices.BinarySearchFunc(metas[:], name, func(m Meta, name string) int {
		return strings.Compare(m.Name, name)
	})
	if !ok {
		return Meta{}, false
	}
	return metas[i], true
}

// All lists every option, sorted by its C name.
func All() iter.Seq[Meta] { return slices.Values(metas[:]) }

// String returns the C name: CURLOPT_URL. A number that is not an option of this libcurl reads CURLOPT_12345.
func (id ID) String() string {
	if meta, ok := Lookup(id); ok {
		return meta.Name
	}
	return "CURLOPT_" + strconv.Itoa(int(id))
}

type alias struct {
	name string
	id   ID
}
