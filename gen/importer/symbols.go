package importer

import (
	"slices"
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/cdecl"
)

// symbols lists every integer constant of the API, sorted.
func (h *headers) symbols() []Symbol {
	var list []Symbol
	for _, e := range h.unit.Enums {
		for _, c := range e.Values {
			list = append(list, Symbol{Name: c.Name, Value: c.Value, Known: true})
		}
	}
	for _, c := range h.macros() {
		list = append(list, Symbol{Name: c.Name, Value: c.Value, Known: true})
	}
	slices.SortFunc(list, func(a, b Symbol) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// macros lists the constants that are macros, sorted: not the release's own version numbers, and nothing of system.h,
// which describes a platform.
func (h *headers) macros() []cdecl.Constant {
	return macros(h.unit)
}

func macros(u *cdecl.Unit) []cdecl.Constant {
	var list []cdecl.Constant
	for _, c := range u.Constants {
		if !strings.HasPrefix(c.Name, "CURL") || strings.HasPrefix(c.Name, "CURL_DISABLE_") || c.File == "system.h" {
			continue
		}
		// unsigned long constants: the complements CURLAUTH_ANY and ANYSAFE have 64 bits on Linux and 32 on Windows.
		// libcurl has no method above bit 31, so 32 bits are the common truth.
		if strings.HasPrefix(c.Name, "CURLAUTH_") {
			c.Value &= 0xffffffff
		}
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b cdecl.Constant) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// sentinel tells whether an enumerator marks the end of its enum or a hole in it: CURLOPT_LASTENTRY, CURLE_OBSOLETE20.
func sentinel(name string) bool {
	return strings.Contains(name, "OBSOLETE") || strings.HasSuffix(name, "_LAST") ||
		strings.HasSuffix(name, "_LASTENTRY") || strings.HasSuffix(name, "_LASTONE") || strings.HasSuffix(name, "_NONE")
}
