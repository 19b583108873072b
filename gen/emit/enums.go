package emit

import (
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

const bitsPackage = module + "/generated/internal/bits"

// enumsOf declares the enumerations and bit sets of a package with their constants and String methods.
func enumsOf(pkg string) func(*model.API, *jen.File) error {
	return func(api *model.API, f *jen.File) error {
		for _, t := range api.EnumTypes {
			if t.Pkg != pkg {
				continue
			}
			f.Comment(comment(t.Doc))
			if t.Bits() {
				f.Type().Id(t.Go).Uint32()
			} else {
				f.Type().Id(t.Go).Int32()
			}
			enumConstants(f, t)
			enumString(f, t)
		}
		return nil
	}
}

func enumConstants(f *jen.File, t model.EnumType) {
	f.Comment(comment("The values of " + t.Go + "."))
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, v := range t.Values {
			g.Comment(comment(enumComment(v), deprecated(v.Deprecated, "")))
			g.Id(v.Go).Id(t.Go).Op("=").Add(enumValue(t, v))
		}
	})
}

func enumComment(v model.EnumValue) string {
	text := v.Name() + ": " + v.Doc
	if v.Introduced == 0 { // a number without a symbol, mostly as old as the option
		return text
	}
	return sentences(text, since(v.Introduced))
}

func enumValue(t model.EnumType, v model.EnumValue) jen.Code {
	if t.Bits() {
		return jen.Op(fmt.Sprintf("%#x", uint32(v.Value)))
	}
	return jen.Lit(int(v.Value))
}

// byValue leaves out the constants whose value another one has already, old names for the most part: the first one
// that is not deprecated gives the name that String prints.
func byValue(t model.EnumType) []model.EnumValue {
	values := slices.Clone(t.Values)
	slices.SortStableFunc(values, func(a, b model.EnumValue) int {
		if a.Value != b.Value {
			return int(max(-1, min(1, a.Value-b.Value)))
		}
		return int(a.Deprecated) - int(b.Deprecated)
	})
	return slices.CompactFunc(values, func(a, b model.EnumValue) bool { return a.Value == b.Value })
}

func enumString(f *jen.File, t model.EnumType) {
	values := byValue(t)
	method := func(body ...jen.Code) {
		f.Func().Params(jen.Id("v").Id(t.Go)).Id("String").Params().String().Block(body...)
	}
	if !t.Bits() {
		f.Comment(comment("String returns the name of the constant."))
		method(
			jen.Switch(jen.Id("v")).BlockFunc(func(g *jen.Group) {
				for _, v := range values {
					g.Case(jen.Id(v.Go)).Block(jen.Return(jen.Lit(v.Go)))
				}
			}),
			jen.Return(jen.Lit(t.Go+"(").Op("+").Qual("strconv", "Itoa").Call(jen.Int().Call(jen.Id("v"))).Op("+").Lit(")")),
		)
		return
	}
	slices.Reverse(values)
	f.Comment(comment("String joins the names of the constants with |; bits without a name appear as a number."))
	method(jen.Return(jen.Qual(bitsPackage, "Join").Call(jen.Uint32().Call(jen.Id("v")),
		jen.Index().Qual(bitsPackage, "Name").ValuesFunc(func(g *jen.Group) {
			for _, v := range values {
				g.Line().Add(fields("Bits", jen.Uint32().Call(jen.Id(v.Go)), "Name", jen.Lit(v.Go)))
			}
			g.Line()
		}))))
}
