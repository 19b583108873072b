package model

import (
	"cmp"
	"slices"
	"strings"
)

// codeSpaces are the enums of result codes.
var codeSpaces = []CodeSpace{
	{Space: "easy", Prefix: "CURLE_", GoType: "Easy"},
	{Space: "multi", Prefix: "CURLM_", GoType: "Multi"},
	{Space: "share", Prefix: "CURLSHE_", GoType: "Share"},
	{Space: "url", Prefix: "CURLUE_", GoType: "URL"},
	{Space: "header", Prefix: "CURLHE_", GoType: "Header"},
	{Space: "proxy", Prefix: "CURLPX_", GoType: "Proxy"},
}

// codeEnums are the C enums of the spaces. CURLMcode and friends also hold their end mark and obsolete holes.
var codeEnums = map[string]string{
	"CURLcode": "easy", "CURLMcode": "multi", "CURLSHcode": "share", "CURLUcode": "url", "CURLHcode": "header", "CURLproxycode": "proxy",
}

// codes gives every result code its row. Old names of a code are macros, and rows of enums.tsv.
func (l *loader) codes() {
	table := l.hand("codes.tsv", 1, "symbol", "space", "go", "text")
	bySpace := map[string][]Code{}
	for _, e := range l.unit.Enums {
		space, ok := codeEnums[e.Name()]
		if !ok {
			continue
		}
		for _, c := range e.Values {
			s := l.constant[c.Name]
			if s.Introduced == 0 {
				continue
			}
			l.covered[c.Name] = true
			r, ok := table.take(c.Name, c.Name)
			if !ok {
				continue
			}
			table.word(r, "space", space)
			where := handPath("codes.tsv") + ": " + c.Name
			l.name("codes", r.Get("go"), where)
			if text := r.Get("text"); text == "" || strings.HasSuffix(text, ".") {
				l.problem("%s: column text must be words without a full stop, as an error message is", where)
			}
			bySpace[space] = append(bySpace[space], Code{
				C: c.Name, Value: s.Value, Introduced: s.Introduced, Deprecated: s.Deprecated,
				Go: r.Get("go"), Text: r.Get("text"),
			})
		}
	}
	table.leftovers("result code")
	for _, space := range codeSpaces {
		space.Codes = bySpace[space.Space]
		slices.SortFunc(space.Codes, func(a, b Code) int { return cmp.Compare(a.Value, b.Value) })
		l.name("codes", space.GoType, "the type of the "+space.Space+" codes")
		l.api.CodeSpaces = append(l.api.CodeSpaces, space)
	}
}
