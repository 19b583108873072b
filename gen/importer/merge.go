package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// merge carries over what was known before:
//
//   - a symbol whose value differs is marked as varying, and stays marked: code that runs on both libcurls must not
//     rely on the number;
//   - a symbol that the release no longer has stays as removed, with its last value, because an older libcurl has it.
//     Where the documentation does not say until when, the release imported before is the last one known to have it.
func (b before) merge(f *Facts) ([]Symbol, error) {
	if b.version != "" && newer(b.version, f.Version) {
		return nil, fmt.Errorf("headers/ describes libcurl %s, which is newer than %s: import releases from old to new", b.version, f.Version)
	}
	symbols := slices.Clone(f.Symbols)
	at := map[string]int{}
	for i, s := range symbols {
		at[s.Name] = i
	}
	for _, old := range b.symbols {
		i, ok := at[old.Name]
		if !ok {
			if old.Removed == "" {
				old.Removed = b.version
			}
			symbols = append(symbols, old)
			continue
		}
		s := &symbols[i]
		if !s.Known && old.Known {
			s.Known, s.Value = true, old.Value
		}
		s.Varies = old.Varies || old.Known && old.Value != s.Value
	}
	slices.SortFunc(symbols, func(a, b Symbol) int { return strings.Compare(a.Name, b.Name) })
	return symbols, nil
}

// newer compares versions number by number.
func newer(a, b string) bool {
	return slices.Compare(numbers(a), numbers(b)) > 0
}

func numbers(version string) []int {
	var list []int
	for part := range strings.SplitSeq(version, ".") {
		n, _ := strconv.Atoi(part)
		list = append(list, n)
	}
	return list
}
