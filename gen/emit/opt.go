package emit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// optOutputs are the files of package opt: the constructors, grouped by the Go type they take, and what they stand on.
func optOutputs() []Output {
	return []Output{
		goOutput("generated/opt/contract.go", contract),
		goOutput("generated/opt/ids.go", optIDs),
		goOutput("generated/opt/table.go", optTable),
		goOutput("generated/opt/enums.go", enumsOf("opt")),
		goOutput("generated/opt/set_bool.go", setters("bool", "bool+enum")),
		goOutput("generated/opt/set_number.go", setters("int", "size", "port")),
		goOutput("generated/opt/set_time.go", setters("seconds", "milliseconds", "minutes", "time")),
		goOutput("generated/opt/set_enum.go", setters("enum", "bits")),
		goOutput("generated/opt/set_string.go", setters("string", "secret")),
		goOutput("generated/opt/set_list.go", setters("list")),
		goOutput("generated/opt/set_bytes.go", setters("blob", "bytes")),
		goOutput("generated/opt/set_mode.go", setters("filemode")),
		goOutput("generated/opt/set_func.go", setters("func")),
	}
}

// hasSetter says whether package opt has a constructor for the option.
func hasSetter(o model.Option) bool {
	return !slices.Contains([]model.Form{"owned", "planned", "none"}, o.Form)
}

// optID is the name of an option's ID constant.
func optID(o model.Option) string { return "ID" + o.Go }

func optIDs(api *model.API, f *jen.File) error {
	f.Comment(comment(
		"ID is the number of an option: CURLOPT_URL is 10002. Numbers never change between versions of libcurl."))
	f.Type().Id("ID").Int32()
	f.Comment(comment("The options, by their C names."))
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, o := range api.Options {
			g.Id(optID(o)).Id("ID").Op("=").Lit(o.Number).Comment("CURLOPT_" + o.Name)
		}
	})
	return nil
}

// setters declares the constructors of the options with one of the forms.
func setters(forms ...model.Form) func(*model.API, *jen.File) error {
	return func(api *model.API, f *jen.File) error {
		for _, o := range api.Options {
			if !slices.Contains(forms, o.Form) {
				continue
			}
			for _, form := range strings.Split(string(o.Form), "+") {
				set, err := setterOf(api, o, model.Form(form))
				if err != nil {
					return fmt.Errorf("CURLOPT_%s: %w", o.Name, err)
				}
				name := o.Go + secondName(o, form)
				f.Comment(optComment(api, o, name, set))
				f.Func().Id(name).Params(set.param).Id("Option").Block(set.body...)
			}
		}
		return nil
	}
}

// secondName is what the enum constructor of a bool+enum option has behind the name that the bool one takes.
func secondName(o model.Option, form string) string {
	if o.Form == "bool+enum" && form == "enum" {
		return "Mode"
	}
	return ""
}
