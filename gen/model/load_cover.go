package model

import (
	"cmp"
	"maps"
	"slices"
)

// cover makes sure that no symbol falls out unnoticed: what libcurl documents is an option, info, code, function or
// callback, or has a row in enums.tsv, be it one that says why it has no place.
func (l *loader) cover() {
	for _, symbol := range sortedKeys(l.covered) {
		if !l.covered[symbol] {
			l.problem(`%s has no row in %s: add one (symbol, type, go, doc), with type "-" and the reason in doc if Go code does not need it`, symbol, handPath("enums.tsv"))
		}
	}
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	return slices.Sorted(maps.Keys(m))
}

func sortCallbacks(list []Callback) {
	slices.SortFunc(list, func(a, b Callback) int {
		return cmp.Or(cmp.Compare(a.Typedef, b.Typedef), cmp.Compare(a.Option, b.Option))
	})
}
