package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// unsetLit gives the opt.Unset for what the table says, nil for none.
func unsetLit(u model.Unset) jen.Code {
	kind := func(name string, more ...any) jen.Code {
		return exported("opt", "Unset").Add(fields(append([]any{"Kind", exported("opt", name)}, more...)...))
	}
	switch u.Kind {
	case model.UnsetNull:
		return kind("UnsetNull")
	case model.UnsetCAs:
		return kind("UnsetCAs")
	case model.UnsetNumber:
	default:
		return nil
	}
	var rows []jen.Code
	for i := len(u.Older) - 1; i >= 0; i-- { // the table has the youngest first, For looks for the oldest first
		rows = append(rows, fields("Before", versionLit(u.Older[i].Before), "Int", jen.Lit(int(u.Older[i].Value))))
	}
	var older jen.Code
	if rows != nil {
		older = jen.Index().Add(exported("opt", "OlderDefault")).Values(rows...)
	}
	return kind("UnsetInt", "Int", unlessZero(int(u.Value)), "Older", older)
}
