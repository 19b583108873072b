package multiopt

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// Meta is what the generator knows about one option. Versions are written as libcurl does: 0x081600 is 8.22.0.
type Meta struct {
	ID         ID
	Name       string // the C symbol: CURLMOPT_MAXCONNECTS
	Go         string // the constructor: MaxConnects; empty when Owner is not
	Class      Class
	Since      uint32      // the first libcurl that has it
	Deprecated uint32      // the libcurl that deprecated it, 0 if none did
	Owner      string      // who sets it instead of a constructor of this package; empty when there is one
	Unset      opt.Unset   // what puts libcurl's default back
	Later      []opt.Later // constants that came after it; see opt.Lacks
}

// Lookup returns what is known about an option.
func Lookup(id ID) (Meta, bool) {
	for i := range metas {
		if metas[i].ID == id {
			return metas[i], true
		}
	}
	return Meta{}, false
}

// ByName returns what is known about the option with a C name, which may lack its CURLMOPT_.
func ByName(name string) (Meta, bool) {
	name = "CURLMOPT_" + strings.TrimPrefix(name, "CURLMOPT_")
	i, ok := slices.BinarySearchFunc(metas[:], name, func(m Meta, name string) int { return strings.Compare(m.Name, name) })
	if !ok {
		return Meta{}, false
	}
	return metas[i], true
}

// All lists every option, sorted by its C name.
func All() iter.Seq[Meta] { return slices.Values(metas[:]) }

// String returns the C name: CURLMOPT_MAXCONNECTS. A number that is not an option of this libcurl reads
// CURLMOPT_12345.
func (id ID) String() string {
	if meta, ok := Lookup(id); ok {
		return meta.Name
	}
	return "CURLMOPT_" + strconv.Itoa(int(id))
}
