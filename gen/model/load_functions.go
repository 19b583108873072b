package model

import (
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/cdecl"
)

// oldest is the libcurl down to which the loader promises to work: what it has is required.
const oldest Version = 0x073d01 // 7.61.1

func (l *loader) functions() {
	prototypes := map[string]cdecl.Func{}
	for _, f := range l.unit.Functions {
		prototypes[strings.TrimPrefix(f.Name, "curl_")] = f
	}
	table := l.hand("functions.tsv", 1, "name", "form", "go", "leaf", "required")
	for _, r := range l.facts("functions.tsv", "name", "introduced", "deprecated") {
		f := Function{
			Name:       r.Get("name"),
			Introduced: l.version("functions.tsv", r.Get("introduced")),
			Deprecated: l.version("functions.tsv", r.Get("deprecated")),
		}
		p, ok := prototypes[f.Name]
		if !ok {
			l.problem("curl_%s has no prototype in headers/curl.h: import both from the same release", f.Name)
		}
		delete(prototypes, f.Name)
		f.Result, f.Params, f.Variadic = p.Result, params(p.Params), p.Variadic
		if row, ok := table.take(f.Name, "curl_"+f.Name); ok {
			f.Form = table.word(row, "form", "bound", "planned", "none")
			f.Go = row.Get("go")
			f.Leaf = table.word(row, "leaf", "leaf", "calls") == "leaf"
			f.Required = table.word(row, "required", "required", "optional") == "required"
			if f.Required && f.Introduced > oldest {
				l.problem("%s: %s came after the oldest libcurl that the loader accepts: it must be optional", handPath(table.table), f.Name)
			}
		}
		l.api.Functions = append(l.api.Functions, f)
	}
	for _, name := range sortedKeys(prototypes) {
		l.problem("curl_%s has no row in headers/functions.tsv: import both from the same release", name)
	}
	table.leftovers("function")
}

func params(list []cdecl.Param) []Param {
	var ps []Param
	for _, p := range list {
		ps = append(ps, Param(p))
	}
	return ps
}
