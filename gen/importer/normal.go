package importer

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/cdecl"
)

// header writes headers/curl.h: every declaration once, without comment or macro, each kind sorted, so that two
// releases differ where the API differs. What it wrote is parsed again before it is believed.
func (f *Facts) header() (string, error) {
	u := f.Unit
	var b strings.Builder
	fmt.Fprintf(&b, "/* The declarations of libcurl %s, written by \"go run ./gen import\". DO NOT EDIT. */\n", f.Version)
	fmt.Fprintf(&b, "\n#ifndef %s\n%s#endif\n", cdecl.Guard, cdecl.Prelude)

	b.WriteString("\n/* Structs are named before the types that point to them. */\n")
	named := map[string]bool{}
	for _, d := range slices.Concat(u.Opaques, u.Structs) {
		if strings.HasPrefix(d.Text, "struct ") {
			named["struct "+d.Name] = true
		}
	}
	declare(&b, slices.Sorted(maps.Keys(named)))

	b.WriteString("\n/* Types */\n")
	declare(&b, sorted(u.Typedefs))

	b.WriteString("\n/* Enums */\n")
	enums := slices.SortedFunc(slices.Values(u.Enums), func(a, b cdecl.Enum) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range append(enums, families(macros(u))...) {
		declareEnum(&b, e)
	}

	// In the release's order: a struct may hold another by value.
	b.WriteString("\n/* Structs */\n")
	for _, d := range u.Structs {
		b.WriteString(d.Text + ";\n")
	}

	b.WriteString("\n/* Callbacks */\n")
	declare(&b, sorted(prototypes(u.Callbacks)))
	b.WriteString("\n/* Functions */\n")
	declare(&b, sorted(prototypes(u.Functions)))

	text := b.String()
	again, err := cdecl.Parse(cdecl.Source{Name: "headers/curl.h", Text: text}, nil)
	if err != nil {
		return "", fmt.Errorf("the header in normal form does not parse: %w", err)
	}
	if len(again.Functions) != len(u.Functions) || len(again.Callbacks) != len(u.Callbacks) || len(again.Structs) < len(u.Structs) {
		return "", fmt.Errorf("the header in normal form lost declarations: %d of %d functions, %d of %d callbacks, %d of %d structs are left",
			len(again.Functions), len(u.Functions), len(again.Callbacks), len(u.Callbacks), len(again.Structs), len(u.Structs))
	}
	return text, nil
}

func declare(b *strings.Builder, texts []string) {
	for _, t := range texts {
		b.WriteString(t + ";\n")
	}
}

func declareEnum(b *strings.Builder, e cdecl.Enum) {
	head, tail := strings.TrimSpace("enum "+e.Tag)+" {\n", "};\n"
	if e.Typedef != "" {
		head, tail = "typedef "+head, "} "+e.Typedef+";\n"
	}
	b.WriteString(head)
	for _, c := range e.Values {
		fmt.Fprintf(b, "\t%s = %d,\n", c.Name, c.Value)
	}
	b.WriteString(tail)
}

func sorted(list []cdecl.Decl) []string {
	list = slices.SortedFunc(slices.Values(list), func(a, b cdecl.Decl) int { return strings.Compare(a.Name, b.Name) })
	var texts []string
	for _, d := range list {
		texts = append(texts, d.Text)
	}
	return texts
}

func prototypes(list []cdecl.Func) []cdecl.Decl {
	var decls []cdecl.Decl
	for _, f := range list {
		decls = append(decls, f.Decl)
	}
	return decls
}

// families turns the macros into bare enums, one for each common beginning of names, so that C code can use the
// constants without a macro. GNU C and clang allow enumerators beyond int (CURL_WRITEFUNC_ERROR).
func families(list []cdecl.Constant) []cdecl.Enum {
	byFamily := map[string][]cdecl.Constant{}
	for _, c := range list {
		parts := strings.SplitN(c.Name, "_", 3)
		family := parts[0]
		if family == "CURL" {
			family += "_" + parts[1]
		}
		byFamily[family] = append(byFamily[family], c)
	}
	var enums []cdecl.Enum
	for _, family := range slices.Sorted(maps.Keys(byFamily)) {
		enums = append(enums, cdecl.Enum{Values: byFamily[family]})
	}
	return enums
}
