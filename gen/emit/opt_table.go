package emit

import (
	"fmt"
	"maps"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// optTable declares the rows behind Lookup, ByName and All.
func optTable(api *model.API, f *jen.File) error {
	rows, err := optRows(api)
	if err != nil {
		return err
	}
	numbers, err := numberRows(api)
	if err != nil {
		return err
	}
	f.Var().Id("metas").Op("=").Index(jen.Op("...")).Id("Meta").Values(rows...)

	f.Line()
	f.Comment(comment("byNumber finds an option in metas by its number modulo 10000; unused numbers point anywhere."))
	f.Var().Id("byNumber").Op("=").Index(jen.Op("...")).Uint16().Values(numbers...)

	aliases, err := aliasRows(api)
	if err != nil {
		return err
	}
	f.Line()
	f.Var().Id("aliases").Op("=").Index(jen.Op("...")).Id("alias").Values(aliases...)
	return nil
}

func optRows(api *model.API) ([]jen.Code, error) {
	ids := map[string]string{}
	for _, o := range api.Options {
		ids[o.Name] = optID(o)
	}
	var rows []jen.Code
	for _, o := range api.Options {
		row, err := optRow(api, o, ids)
		if err != nil {
			return nil, fmt.Errorf("headers/hand/options.tsv: %s: %w", o.Name, err)
		}
		rows = append(rows, jen.Line().Add(row))
	}
	return append(rows, jen.Line()), nil
}

// optRow is the opt.Meta of one option; ids are the names of all ID constants.
func optRow(api *model.API, o model.Option, ids map[string]string) (jen.Code, error) {
	var goName, owner string
	switch o.Form {
	case "owned":
		owner = o.FormArg
	case "planned", "none":
		owner = placed("", o.Form, "", o.FormArg, "", 0).here
	default:
		goName = o.Go
	}
	var fallback jen.Code
	if o.Fallback != "" {
		id, ok := ids[o.Fallback]
		if !ok {
			return nil, fmt.Errorf("fallback %s is not an option", o.Fallback)
		}
		fallback = jen.Id(id)
	}
	return fields(
		"ID", jen.Id(optID(o)),
		"Name", jen.Lit("CURLOPT_"+o.Name),
		"Go", unlessZero(goName),
		"Class", jen.Id(goClass(o)),
		"Since", versionLit(o.Introduced),
		"Deprecated", versionLit(o.Deprecated),
		"Owner", unlessZero(owner),
		"Live", unlessZero(o.Live),
		"Borrowed", unlessZero(o.Memory == "borrowed"),
		"Calls", unlessZero(o.Calls),
		"Secret", unlessZero(o.Form == "secret"),
		"Fallback", fallback,
		"Unset", unsetLit(o.Unset),
		"Later", laterLit(api, "opt", o.Form, o.FormArg, o.Introduced),
	), nil
}

// goClass is the class of an option as package opt sees it.
func goClass(o model.Option) string {
	if o.Form == "bytes" {
		return "ClassBytes"
	}
	return map[model.Class]string{
		model.ClassLong: "ClassLong", model.ClassOff: "ClassOff", model.ClassString: "ClassString",
		model.ClassList: "ClassList", model.ClassBlob: "ClassBlob", model.ClassFunction: "ClassFunction",
		model.ClassData: "ClassData", model.ClassObject: "ClassObject",
	}[o.Class]
}

// numberRows are the entries of byNumber, in the order of the numbers.
func numberRows(api *model.API) ([]jen.Code, error) {
	row := map[int]int{}
	for i, o := range api.Options {
		n := o.Number % 10000
		if other, taken := row[n]; taken {
			return nil, fmt.Errorf("CURLOPT_%s and CURLOPT_%s differ only by the base of their numbers: "+
				"Lookup in gen/emit/_verbatim/opt/meta.go relies on that not happening", o.Name, api.Options[other].Name)
		}
		row[n] = i
	}
	var entries []jen.Code
	for _, n := range slices.Sorted(maps.Keys(row)) {
		entries = append(entries, jen.Line().Lit(n).Op(":").Lit(row[n]))
	}
	return append(entries, jen.Line()), nil
}

func aliasRows(api *model.API) ([]jen.Code, error) {
	var rows []jen.Code
	for _, a := range api.Aliases {
		i := slices.IndexFunc(api.Options, func(o model.Option) bool { return o.Name == a.Target })
		if i < 0 {
			return nil, fmt.Errorf("headers/aliases.tsv: %s stands for %s, which is not an option", a.Name, a.Target)
		}
		rows = append(rows, jen.Line().Values(jen.Lit("CURLOPT_"+a.Name), jen.Id(optID(api.Options[i]))))
	}
	return append(rows, jen.Line()), nil
}
