package model

import (
	"slices"
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/tsv"
)

// forms says which C classes a form of an option can fill; nil: any.
var forms = map[Form][]Class{
	"bool": {ClassLong}, "int": {ClassLong}, "size": {ClassLong, ClassOff}, "int64": {ClassLong, ClassOff},
	"seconds": {ClassLong}, "milliseconds": {ClassLong}, "minutes": {ClassLong}, "time": {ClassLong, ClassOff},
	"enum": {ClassLong}, "bits": {ClassLong}, "bool+enum": {ClassLong}, "port": {ClassLong}, "filemode": {ClassLong},
	"string": {ClassString}, "secret": {ClassString}, "list": {ClassList, ClassObject}, "blob": {ClassBlob},
	"bytes": {ClassObject}, "func": {ClassFunction},
	"owned": nil, "planned": nil, "none": nil,
}

// infoForms says which classes of answers a form of an info can read.
var infoForms = map[Form][]string{
	"string": {"string"}, "int": {"long"}, "bool": {"long"}, "int64": {"long", "off_t"}, "float": {"double"},
	"duration": {"double"}, "micros": {"off_t"}, "seconds": {"long", "off_t"}, "retryafter": {"off_t"},
	"unixtime": {"long", "off_t"}, "list": {"slist"}, "certs": {"ptr"}, "tlsptr": {"ptr"}, "socket": {"long", "socket"},
	"enum": {"long"}, "bits": {"long"}, "addr": {"string"}, "port": {"long"},
	"owned": nil, "none": nil,
}

// argued are the forms that name something after a colon. bool may: the number that true stands for.
var argued = []Form{"enum", "bits", "bool+enum", "func", "owned", "planned", "none"}

// form takes a form column apart and checks it against the C class.
func form[C ~string](h *hand, r tsv.Row, known map[Form][]C, class C, pkg string) (Form, string) {
	name, arg, _ := strings.Cut(r.Get("form"), ":")
	f := Form(name)
	where := handPath(h.table) + ": " + r.Get("name")
	classes, ok := known[f]
	switch {
	case !ok:
		h.l.problem("%s: unknown form %q, want one of %s", where, name, strings.Join(formNames(known), ", "))
	case classes != nil && !slices.Contains(classes, class):
		h.l.problem("%s: the form %s does not fit an option or info of class %s", where, name, class)
	case slices.Contains(argued, f) != (arg != "") && f != "bool":
		h.l.problem("%s: form %q: only %v have something after a colon, and they must", where, r.Get("form"), argued)
	case (f == "enum" || f == "bits" || f == "bool+enum") && !h.l.enumType(pkg, arg, f == "bits"):
		h.l.problem("%s: %s %s has no row in %s for package %s: add one", where, name, arg, handPath("enumtypes.tsv"), pkg)
	}
	return f, arg
}

func formNames[C ~string](known map[Form][]C) []string {
	var names []string
	for _, f := range sortedKeys(known) {
		names = append(names, string(f))
	}
	return names
}
