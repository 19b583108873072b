package emit

import (
	"fmt"
	"io"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

const module = "github.com/seed-0edfda58/gocurl"

// goOutput is an Output of one Go file in the package below generated/ that the path names.
func goOutput(path string, declare func(api *model.API, f *jen.File) error) Output {
	pkg, _, _ := strings.Cut(strings.TrimPrefix(path, "generated/"), "/")
	return Output{Path: path, Write: func(api *model.API, w io.Writer) error {
		f := jen.NewFilePathName(module+"/generated/"+pkg, pkg)
		f.NoFormat = true // render formats
		for _, p := range []string{"opt", "info", "codes", "multiopt"} {
			f.ImportName(module+"/generated/"+p, p)
		}
		f.ImportName(bitsPackage, "bits")
		if err := declare(api, f); err != nil {
			return err
		}
		return f.Render(w)
	}}
}

// exported is an identifier of one of the generated packages.
func exported(pkg, id string) *jen.Statement { return jen.Qual(module+"/generated/"+pkg, id) }

// versionLit is a libcurl version as a Go literal, nothing for 0.
func versionLit(v model.Version) jen.Code {
	if v == 0 {
		return nil
	}
	return jen.Op(fmt.Sprintf("%#06x", uint32(v)))
}

// fields is the body of a composite literal on one line, from names and values in turn; nil values are left out.
func fields(pairs ...any) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		for i := 0; i < len(pairs); i += 2 {
			if value, ok := pairs[i+1].(jen.Code); ok {
				g.Id(pairs[i].(string)).Op(":").Add(value)
			}
		}
	})
}

// unlessZero is a literal, or nothing where the zero value says the same.
func unlessZero[T comparable](value T) jen.Code {
	var zero T
	if value == zero {
		return nil
	}
	return jen.Lit(value)
}
