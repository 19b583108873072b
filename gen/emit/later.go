package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// laterOf lists the constants that came after an option which takes them, and after the oldest libcurl.
func laterOf(api *model.API, pkg string, form model.Form, arg string, since model.Version) (later []model.EnumValue, kind model.EnumKind) {
	if form != "enum" && form != "bits" && form != "bool+enum" {
		return nil, ""
	}
	for _, t := range api.EnumTypes {
		if t.Pkg != pkg || t.Go != arg {
			continue
		}
		first := map[int64]model.Version{} // a number may have an older name
		for _, v := range t.Values {
			if known, ok := first[v.Value]; !ok || v.Introduced < known {
				first[v.Value] = v.Introduced
			}
		}
		for _, v := range t.Values {
			isBool := form == "bool+enum" && (v.Value == 0 || v.Value == 1)
			if v.Introduced > max(since, oldest) && v.Introduced == first[v.Value] && !isBool {
				later = append(later, v)
			}
		}
		return later, t.Kind
	}
	return nil, ""
}

// laterLit gives the []opt.Later for them, nil for none.
func laterLit(api *model.API, pkg string, form model.Form, arg string, since model.Version) jen.Code {
	later, kind := laterOf(api, pkg, form, arg, since)
	if later == nil {
		return nil
	}
	var rows []jen.Code
	for _, v := range later {
		rows = append(rows, fields("Name", jen.Lit(v.Name()), "Value", jen.Lit(int(v.Value)), "Since", versionLit(v.Introduced), "Kind", laterKinds[kind]))
	}
	return jen.Index().Add(exported("opt", "Later")).Values(rows...)
}

var laterKinds = map[model.EnumKind]jen.Code{
	model.EnumBits:   exported("opt", "LaterBit"),
	model.EnumChoice: exported("opt", "LaterChoice"),
}
