package emit

import (
	"cmp"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// codesOutputs gives each family of codes its own file.
func codesOutputs() []Output {
	outputs := []Output{goOutput("generated/codes/contract.go", contract)}
	for _, space := range []string{"easy", "multi", "share", "url", "header", "proxy"} {
		outputs = append(outputs, goOutput("generated/codes/"+space+".go", func(api *model.API, f *jen.File) error {
			for _, s := range api.CodeSpaces {
				if s.Space == space {
					codeSpace(f, s)
				}
			}
			return nil
		}))
	}
	return outputs
}

func codeSpace(f *jen.File, space model.CodeSpace) {
	codes := slices.Clone(space.Codes)
	slices.SortFunc(codes, func(a, b model.Code) int { return cmp.Compare(a.Value, b.Value) })

	f.Comment(comment(space.GoType + " is a result code of the family " + space.Prefix + ". See https://curl.se/libcurl/c/libcurl-errors.html"))
	f.Type().Id(space.GoType).Int32()
	f.Comment(comment("The codes of type " + space.GoType + "."))
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, c := range codes {
			g.Comment(comment(c.C+": "+c.Text+". "+since(c.Introduced), deprecated(c.Deprecated, "")))
			g.Id(c.Go).Id(space.GoType).Op("=").Lit(int(c.Value))
		}
	})

	method := func(name, doc string, body ...jen.Code) {
		f.Comment(comment(doc))
		f.Func().Params(jen.Id("c").Id(space.GoType)).Id(name).Params().String().Block(body...)
	}
	each := func(value func(model.Code) string) jen.Code {
		return jen.Switch(jen.Id("c")).BlockFunc(func(g *jen.Group) {
			for _, c := range codes {
				g.Case(jen.Id(c.Go)).Block(jen.Return(jen.Lit(value(c))))
			}
		})
	}
	call := func(method string) *jen.Statement { return jen.Id("c").Dot(method).Call() }

	method("Error", "Error returns the C name and the text.",
		jen.Return(call("String").Op("+").Lit(": ").Op("+").Add(call("Text"))))
	method("String", "String returns the C name; a code that this release does not know reads "+space.Prefix+"123.",
		each(func(c model.Code) string { return c.C }),
		jen.Return(jen.Lit(space.Prefix).Op("+").Qual("strconv", "Itoa").Call(jen.Int().Call(jen.Id("c")))))
	method("Text", "Text says what the code means, in this module's words.",
		each(func(c model.Code) string { return c.Text }),
		jen.Return(jen.Lit("a code that is newer than this release of gocurl")))
}
