// Package bits prints bit sets.
package bits

import (
	"slices"
	"strconv"
	"strings"
)

// Name is one constant of a bit set.
type Name struct {
	Bits uint32
	Name string
}

// Join names the constants in v, joined with |; what is left over appears as a number. The names come with the
// largest value first: in that order groups of bits are found before their members, and so are the values of fields
// that are several bits wide.
func Join(v uint32, names []Name) string {
	var found []string
	rest := v
	for _, n := range names {
		switch {
		case n.Bits == 0 && v == 0:
			return n.Name
		case n.Bits != 0 && rest&n.Bits == n.Bits:
			found = append(found, n.Name)
			rest &^= n.Bits
		}
	}
	slices.Reverse(found)
	if rest != 0 || v == 0 {
		found = append(found, "0x"+strconv.FormatUint(uint64(rest), 16))
	}
	return strings.Join(found, "|")
}
