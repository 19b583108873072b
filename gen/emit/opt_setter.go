package emit

import (
	"fmt"
	"math"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// setter is how the constructor of an option looks in Go.
type setter struct {
	param jen.Code
	body  []jen.Code
	takes string // what the comment says about the argument
}

var units = map[model.Form]string{
	"milliseconds": "Millisecond",
	"seconds":      "Second",
	"minutes":      "Minute",
}

// setterOf is the one place that gives a form its Go type and conversion.
func setterOf(api *model.API, o model.Option, form model.Form) (setter, error) {
	class := jen.Id(goClass(o))
	// set declares a constructor with one parameter that calls a helper of _verbatim/opt/build.go with the option's
	// ID and these arguments.
	set := func(param string, typ jen.Code, takes, helper string, args ...jen.Code) (setter, error) {
		args = append([]jen.Code{jen.Id(optID(o))}, args...)
		made := jen.Id(helper).Call(args...)
		if isPlain(api, o, form) {
			made = made.Dot("asPlain").Call()
		}
		return setter{jen.Id(param).Add(typ), []jen.Code{jen.Return(made)}, takes}, nil
	}
	n, v := jen.Id("n"), jen.Id("v")

	switch form {
	case "bool":
		yes := 1
		if o.FormArg == "2" {
			yes = 2
		}
		return set("on", jen.Bool(), "", "flag", jen.Id("on"), jen.Lit(yes))
	case "int", "size":
		typ, wide := jen.Int(), jen.Int64().Call(n)
		if form == "size" {
			typ, wide = jen.Int64(), n
		}
		switch {
		case o.Min != nil || o.Max != nil:
			least, most := limits(o, math.MinInt32)
			return set("n", typ, rangeText(o), "ranged", class, wide, least, most)
		case o.Class == model.ClassLong:
			return set("n", typ, "", "long", wide)
		}
		return set("n", typ, "", "number", class, wide)
	case "port":
		return set("port", jen.Uint16(), "", "number", class, jen.Int64().Call(jen.Id("port")))
	case "seconds", "milliseconds", "minutes":
		least, most := limits(o, 0)
		takes := fmt.Sprintf("The duration is rounded up to %s.", form)
		if o.Min != nil && *o.Min < 0 {
			takes += " A negative one stands for libcurl's -1."
		}
		if o.Max != nil && *o.Max < math.MaxInt32 {
			takes += fmt.Sprintf(" The longest is %s.", valueText(api, o, *o.Max))
		}
		return set("d", jen.Qual("time", "Duration"), takes, "span", jen.Id("d"), jen.Qual("time", units[form]), least, most)
	case "time":
		return set("t", jen.Qual("time", "Time"), "Seconds count; the zero time puts the default back.", "moment", class, jen.Id("t"))
	case "enum", "bits":
		return set("v", jen.Id(o.FormArg), "", "number", class, jen.Int64().Call(v))
	case "string":
		return set("s", jen.String(), "", "str", jen.Id("s"))
	case "secret":
		return set("s", jen.String(), "The string is kept out of logs.", "str", jen.Id("s"))
	case "list":
		return set("v", jen.Index().String(), "An empty list puts the default back.", "list", v)
	case "blob":
		return set("data", jen.Index().Byte(), "A nil slice puts the default back.", "blob", jen.Id("data"))
	case "bytes":
		return set("data", jen.Index().Byte(), "Any bytes will do, NUL included. A nil slice puts the default back.", "body", jen.Id("data"))
	case "filemode":
		return set("mode", jen.Qual("io/fs", "FileMode"), "Only permission bits are accepted.", "permissions", jen.Id("mode"))
	case "func":
		return funcSetter(optID(o), o.FormArg), nil
	}
	return setter{}, fmt.Errorf("headers/hand/options.tsv: form %q is not known to gen/emit/opt_setter.go", form)
}

// meant are the numbers that mean something to the runtime, which does more with them than give them to libcurl: what
// gocurl_watched of curl/internal/capi/apply.c says yes to. A test of package curl finds a difference.
var meant = map[string]bool{
	"VERBOSE": true, "NOPROGRESS": true, "POSTFIELDSIZE": true, "POSTFIELDSIZE_LARGE": true, "MAXCONNECTS": true, "HTTPAUTH": true,
	"CONNECT_ONLY": true, "WILDCARDMATCH": true, "UPLOAD_BUFFERSIZE": true, "USE_SSL": true,
}

// isPlain says that an option is a number which there is nothing to check about, once it is in its range.
func isPlain(api *model.API, o model.Option, form model.Form) bool {
	number := o.Class == model.ClassLong || o.Class == model.ClassOff
	later, _ := laterOf(api, "opt", o.Form, o.FormArg, o.Introduced)
	return number && o.Introduced <= oldest && !o.Calls && !meant[o.Name] && (form == "bool" || later == nil)
}

// funcSetter keeps a nil function out of the option's interface, where it would not compare equal to nil.
func funcSetter(id, typ string) setter {
	return setter{
		param: jen.Id("f").Id(typ),
		body: []jen.Code{
			jen.If(jen.Id("f").Op("==").Nil()).Block(jen.Return(jen.Id("function").Call(jen.Id(id), jen.Nil()))),
			jen.Return(jen.Id("function").Call(jen.Id(id), jen.Id("f"))),
		},
		takes: "A nil function puts the default back.",
	}
}

// limits are the accepted range as Go expressions. No end of it may lie outside a C long, whose size is known to the
// compiler of the generated code only.
func limits(o model.Option, least int64) (jen.Code, jen.Code) {
	if o.Min != nil {
		least = *o.Min
	}
	lowest, highest := jen.Lit(int(least)), jen.Id("maxLong").Call()
	switch {
	case o.Max == nil:
	case o.Class == model.ClassLong && *o.Max == math.MaxInt64:
	case o.Class == model.ClassLong && *o.Max > math.MaxInt32:
		highest = jen.Min(jen.Lit(int(*o.Max)), jen.Id("maxLong").Call())
	default:
		highest = jen.Lit(int(*o.Max))
	}
	return lowest, highest
}

func rangeText(o model.Option) string {
	switch {
	case o.Max == nil || *o.Max >= math.MaxInt32:
		return fmt.Sprintf("The least value is %d.", *o.Min)
	case o.Min == nil:
		return fmt.Sprintf("The largest value is %d.", *o.Max)
	case *o.Min == *o.Max:
		return fmt.Sprintf("The only value is %d.", *o.Min)
	}
	return fmt.Sprintf("Values go from %d to %d.", *o.Min, *o.Max)
}
