package emit

import (
	"strings"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// coverageTables gathers the rows of COVERAGE.md.
func coverageTables(api *model.API) []coverageTable {
	tables := []coverageTable{
		{"Options", optionRows(api)},
		{"Option aliases", aliasCoverage(api)},
		{"Infos", infoRows(api)},
		{"Multi options", multiRows(api)},
		{"Share options", shareRows(api)},
		{"Functions", functionRows(api)},
		{"Callback types", callbackRows(api)},
	}
	for _, space := range api.CodeSpaces {
		tables = append(tables, coverageTable{"Result codes " + space.Prefix, codeRows(space)})
	}
	return append(tables, coverageTable{"Constants of options and infos", constantRows(api)})
}

func optionRows(api *model.API) (rows []coverageRow) {
	for _, o := range api.Options {
		rows = append(rows, placed(code("CURLOPT_"+o.Name), o.Form, code("opt."+o.Go), o.FormArg, o.Summary, o.Introduced))
	}
	return rows
}

func aliasCoverage(api *model.API) (rows []coverageRow) {
	introduced := history(api)
	for _, a := range api.Aliases {
		for _, o := range api.Options {
			if o.Name == a.Target {
				rows = append(rows, placed(code("CURLOPT_"+a.Name), o.Form, code("opt."+o.Go), o.FormArg, o.Summary, introduced["CURLOPT_"+a.Name]))
			}
		}
	}
	return rows
}

func infoRows(api *model.API) (rows []coverageRow) {
	for _, i := range api.Infos {
		rows = append(rows, placed(code("CURLINFO_"+i.Name), i.Form, code("info."+i.Go), i.FormArg, i.Summary, i.Introduced))
	}
	return rows
}

func multiRows(api *model.API) (rows []coverageRow) {
	for _, o := range api.MultiOptions {
		rows = append(rows, placed(code("CURLMOPT_"+o.Name), o.Form, code("multiopt."+o.Go), o.FormArg, o.Summary, o.Introduced))
	}
	return rows
}

func shareRows(api *model.API) (rows []coverageRow) {
	for _, o := range api.ShareOptions {
		form, why, _ := strings.Cut(o.Owner, ":")
		rows = append(rows, placed(code("CURLSHOPT_"+o.Name), model.Form(form), code(o.Go), why, o.Summary, o.Introduced))
	}
	return rows
}

func functionRows(api *model.API) (rows []coverageRow) {
	for _, fn := range api.Functions {
		rows = append(rows, placed(code("curl_"+fn.Name), model.Form(fn.Form), fn.Go, fn.Go, "", fn.Introduced))
	}
	return rows
}

func callbackRows(api *model.API) (rows []coverageRow) {
	introduced := history(api)
	for _, cb := range api.Callbacks {
		c := code(cb.Typedef)
		if cb.Option != "" {
			c += " of " + code(cb.Option)
		}
		pkg := "opt."
		if strings.HasPrefix(cb.Option, "CURLMOPT_") {
			pkg = "multiopt."
		}
		rows = append(rows, placed(c, model.Form(cb.Form), code(pkg+cb.Go), cb.Go, "", introduced[cb.Option]))
	}
	return rows
}

// history says when each constant came.
func history(api *model.API) map[string]model.Version {
	introduced := map[string]model.Version{}
	for _, s := range api.Symbols {
		introduced[s.Name] = s.Introduced
	}
	return introduced
}

func codeRows(space model.CodeSpace) (rows []coverageRow) {
	for _, c := range space.Codes {
		rows = append(rows, placed(code(c.C), "bound", code("codes."+c.Go), "", "", c.Introduced))
	}
	return rows
}

func constantRows(api *model.API) (rows []coverageRow) {
	for _, t := range api.EnumTypes {
		for _, v := range t.Values {
			if v.C != "" {
				rows = append(rows, placed(code(v.C), "bound", code(t.Pkg+"."+v.Go), "", "", v.Introduced))
			}
		}
	}
	return rows
}
