package emit

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

func multioptOutputs() []Output {
	return []Output{
		goOutput("generated/multiopt/contract.go", contract),
		goOutput("generated/multiopt/enums.go", enumsOf("multiopt")),
		goOutput("generated/multiopt/ids.go", multiIDs),
		goOutput("generated/multiopt/set.go", multiSetters),
		goOutput("generated/multiopt/table.go", multiTable),
	}
}

func multiIDs(api *model.API, f *jen.File) error {
	f.Comment(comment("ID is the number of an option: CURLMOPT_MAXCONNECTS is 6. Numbers never change between versions of libcurl."))
	f.Type().Id("ID").Int32()
	f.Comment(comment("The options, by their C names."))
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, o := range api.MultiOptions {
			g.Id("ID" + o.Go).Id("ID").Op("=").Lit(o.Number).Comment("CURLMOPT_" + o.Name)
		}
	})
	return nil
}

func multiSetters(api *model.API, f *jen.File) error {
	for _, o := range api.MultiOptions {
		if o.Form == "owned" {
			continue
		}
		set, err := multiSetterOf(o)
		if err != nil {
			return err
		}
		symbol := "CURLMOPT_" + o.Name
		f.Comment(comment(
			o.Go+" sets "+symbol+": "+afterColon(o.Summary),
			sentences(set.takes, multiDefaultText(api, o), since(o.Introduced)),
			deprecated(o.Deprecated, ""),
			manual(symbol),
		))
		f.Func().Id(o.Go).Params(set.param).Id("Option").Block(set.body...)
	}
	return nil
}

// multiDefaultText says nothing of options without effect.
func multiDefaultText(api *model.API, o model.MultiOption) string {
	if strings.HasPrefix(o.Summary, "Has no effect") {
		return ""
	}
	return defaultText(api, model.Option{Name: o.Name, Form: o.Form, FormArg: o.FormArg, Unset: o.Unset})
}

func multiSetterOf(o model.MultiOption) (setter, error) {
	class := jen.Id(multiClass(o))
	set := func(param string, typ jen.Code, takes, helper string, args ...jen.Code) (setter, error) {
		args = append([]jen.Code{jen.Id("ID" + o.Go)}, args...)
		return setter{jen.Id(param).Add(typ), []jen.Code{jen.Return(jen.Id(helper).Call(args...))}, takes}, nil
	}
	n, v := jen.Id("n"), jen.Id("v")
	switch o.Form {
	case "bool":
		return set("on", jen.Bool(), "", "flag", jen.Id("on"))
	case "int":
		return set("n", jen.Int(), "", "number", class, jen.Int64().Call(n))
	case "size", "int64":
		return set("n", jen.Int64(), "", "number", class, n)
	case "enum", "bits":
		return set("v", jen.Id(o.FormArg), "", "number", class, jen.Int64().Call(v))
	case "list":
		return set("v", jen.Index().String(), "An empty list puts the default back.", "list", v)
	case "func":
		return funcSetter("ID"+o.Go, o.FormArg), nil
	}
	return setter{}, fmt.Errorf("headers/hand/multioptions.tsv: %s: form %q is not known to gen/emit/multiopt.go", o.Name, o.Form)
}

func multiClass(o model.MultiOption) string {
	if o.Form == "list" {
		return "ClassList"
	}
	return map[model.Class]string{
		model.ClassLong: "ClassLong", model.ClassOff: "ClassOff",
		model.ClassFunction: "ClassFunction", model.ClassData: "ClassData",
	}[o.Class]
}

func multiTable(api *model.API, f *jen.File) error {
	var rows []jen.Code
	for _, o := range api.MultiOptions {
		var goName, owner string
		if o.Form == "owned" {
			owner = o.FormArg
		} else {
			goName = o.Go
		}
		rows = append(rows, jen.Line().Add(fields(
			"ID", jen.Id("ID"+o.Go),
			"Name", jen.Lit("CURLMOPT_"+o.Name),
			"Go", unlessZero(goName),
			"Class", jen.Id(multiClass(o)),
			"Since", versionLit(o.Introduced),
			"Deprecated", versionLit(o.Deprecated),
			"Owner", unlessZero(owner),
			"Unset", unsetLit(o.Unset),
			"Later", laterLit(api, "multiopt", o.Form, o.FormArg, o.Introduced),
		)))
	}
	f.Var().Id("metas").Op("=").Index(jen.Op("...")).Id("Meta").Values(append(rows, jen.Line())...)
	return nil
}
