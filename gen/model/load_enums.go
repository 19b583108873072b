package model

import (
	"cmp"
	"slices"
	"strings"
)

// enums reads the Go types made of constants. In enums.tsv a symbol may belong to several types (a number that is an
// option's value and an info's answer), "=2" stands for a number that libcurl has no name for, "=2,7.86.0" for one that it
// has known since that release, and the type "-" means that the symbol has no place of its own in the Go API, for the
// reason in column doc.
func (l *loader) enums() {
	types := l.hand("enumtypes.tsv", 1, "go", "kind", "pkg", "doc")
	byName := map[string]*EnumType{}
	for name, r := range types.rows {
		t := &EnumType{
			Go: name, Kind: EnumKind(types.word(r, "kind", string(EnumNumber), string(EnumBits), string(EnumChoice))),
			Pkg: types.word(r, "pkg", "opt", "info", "multiopt"), Doc: types.sentence(r, "doc"),
		}
		l.name(t.Pkg, name, handPath("enumtypes.tsv")+": "+name)
		byName[name] = t
	}

	values := l.hand("enums.tsv", 2, "symbol", "type", "go", "doc")
	for _, key := range sortedKeys(values.rows) {
		r := values.rows[key]
		symbol, typ := r.Get("symbol"), r.Get("type")
		where := handPath("enums.tsv") + ": " + symbol
		value := l.enumValue(where, symbol)
		value.Go, value.Doc = r.Get("go"), r.Get("doc")
		if typ == "" {
			if value.Doc == "" {
				l.problem("%s has neither a type nor a reason: fill in column doc", where)
			}
			continue
		}
		t := byName[typ]
		if t == nil {
			l.problem("%s: the type %s has no row in %s: add one", where, typ, handPath("enumtypes.tsv"))
			continue
		}
		if !l.valued(symbol) {
			l.problem("%s has no value in this libcurl: its type must be -", where)
		}
		values.sentence(r, "doc")
		l.name(t.Pkg, value.Go, where)
		t.Values = append(t.Values, value)
	}
	for _, name := range sortedKeys(byName) {
		t := byName[name]
		if len(t.Values) == 0 {
			l.problem("%s: no row of %s has this type: remove the type", handPath("enumtypes.tsv")+": "+name, handPath("enums.tsv"))
		}
		slices.SortFunc(t.Values, func(a, b EnumValue) int {
			return cmp.Or(cmp.Compare(a.Value, b.Value), cmp.Compare(a.Go, b.Go))
		})
		l.api.EnumTypes = append(l.api.EnumTypes, *t)
	}
}

// enumValue looks a symbol up; "=2" and "=2,7.86.0" are themselves.
func (l *loader) enumValue(where, symbol string) EnumValue {
	if number, ok := strings.CutPrefix(symbol, "="); ok {
		number, since, _ := strings.Cut(number, ",")
		return EnumValue{Value: l.integer("hand/enums.tsv", symbol, number), Introduced: l.version("hand/enums.tsv", since)}
	}
	if _, known := l.covered[symbol]; !known {
		l.problem("%s is no symbol of this libcurl: remove the row", where)
	}
	l.covered[symbol] = true
	s := l.constant[symbol]
	return EnumValue{C: symbol, Value: s.Value, Introduced: s.Introduced, Deprecated: s.Deprecated}
}

func (l *loader) valued(symbol string) bool {
	_, ok := l.constant[symbol]
	return ok || strings.HasPrefix(symbol, "=")
}

// enumType tells whether a hand table may name the type, as T for its own package's or pkg.T for another's.
func (l *loader) enumType(pkg, name string, bits bool) bool {
	if space, ok := strings.CutPrefix(name, "codes."); ok {
		return slices.ContainsFunc(codeSpaces, func(s CodeSpace) bool { return s.GoType == space })
	}
	if p, rest, ok := strings.Cut(name, "."); ok {
		pkg, name = p, rest
	}
	return slices.ContainsFunc(l.api.EnumTypes, func(t EnumType) bool { return t.Go == name && t.Pkg == pkg && t.Bits() == bits })
}
