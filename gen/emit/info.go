package emit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

func infoOutputs() []Output {
	return []Output{
		goOutput("generated/info/contract.go", contract),
		goOutput("generated/info/enums.go", enumsOf("info")),
		goOutput("generated/info/ids.go", infoIDs),
		goOutput("generated/info/keys.go", infoKeys),
		goOutput("generated/info/table.go", infoTable),
	}
}

// infoForms gives each form the Go type of the key and the function in _verbatim/info/convert.go that makes it.
var infoForms = map[model.Form]struct {
	typ     jen.Code
	convert string
	says    string
}{
	"string":     {jen.String(), "toString", "Empty when there is none."},
	"int":        {jen.Int(), "toInt", ""},
	"bool":       {jen.Bool(), "toBool", ""},
	"int64":      {jen.Int64(), "toInt64", ""},
	"float":      {jen.Float64(), "toFloat", ""},
	"duration":   {jen.Qual("time", "Duration"), "fromFloatSeconds", ""},
	"micros":     {jen.Qual("time", "Duration"), "fromMicroseconds", ""},
	"retryafter": {jen.Qual("time", "Duration"), "fromSeconds", ""},
	"unixtime":   {jen.Qual("time", "Time"), "toTime", "The zero time when libcurl does not know."},
	"list":       {jen.Index().String(), "toList", ""},
	"certs":      {jen.Index().Id("Certificate"), "toCertificates", ""},
	"socket":     {jen.Uintptr(), "toSocket", "[NoSocket] when there is none."},
	"tlsptr":     {jen.Id("TLSSession"), "toTLSSession", ""},
	"addr":       {jen.Qual("net/netip", "Addr"), "toAddr", "The zero Addr when there was no connection or it has none."},
	"port":       {jen.Uint16(), "toPort", ""},
}

// infoKey is the Go type of a key and the function that converts to it.
func infoKey(i model.Info) (typ, convert jen.Code, says string, err error) {
	if i.Form == "enum" || i.Form == "bits" {
		pkg, id, qualified := strings.Cut(i.FormArg, ".")
		if !qualified {
			pkg, id = "info", i.FormArg
		}
		typ := exported(pkg, id)
		return typ, jen.Id("toEnum").Types(typ), "", nil
	}
	form, ok := infoForms[i.Form]
	if !ok {
		return nil, nil, "", fmt.Errorf("headers/hand/infos.tsv: %s: form %q is not known to gen/emit/info.go", i.Name, i.Form)
	}
	return form.typ, jen.Id(form.convert), form.says, nil
}

// hasKey says whether package info has a key for it.
func hasKey(i model.Info) bool { return i.Form != "owned" }

// infoKind is the Kind that names the C type, from the class and, for pointers, from the form.
func infoKind(i model.Info) string {
	switch i.Form {
	case "certs":
		return "KindCerts"
	case "tlsptr":
		return "KindTLS"
	}
	return map[string]string{
		"long": "KindLong", "off_t": "KindOff", "double": "KindDouble", "string": "KindString",
		"slist": "KindList", "ptr": "KindTLS", "socket": "KindSocket",
	}[i.Class]
}

func infoIDs(api *model.API, f *jen.File) error {
	f.Comment(comment("ID is the number of a key: CURLINFO_RESPONSE_CODE is 2097154. Numbers never change between versions of libcurl."))
	f.Type().Id("ID").Int32()
	f.Comment(comment("The keys' numbers, by their C names."))
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, i := range api.Infos {
			g.Id("ID" + i.Go).Id("ID").Op("=").Lit(i.Number).Comment("CURLINFO_" + i.Name)
		}
	})
	return nil
}

func infoKeys(api *model.API, f *jen.File) error {
	for _, i := range api.Infos {
		if !hasKey(i) {
			continue
		}
		typ, convert, says, err := infoKey(i)
		if err != nil {
			return err
		}
		symbol := "CURLINFO_" + i.Name
		f.Comment(comment(
			i.Go+" is "+symbol+": "+afterColon(i.Summary),
			sentences(says, since(i.Introduced)),
			deprecated(i.Deprecated, replacement(api, i.Replaced)),
			manual(symbol),
		))
		f.Var().Id(i.Go).Op("=").Id("Key").Types(typ).Values(jen.Id("ID"+i.Go), jen.Id(infoKind(i)), convert)
	}
	return nil
}

func infoTable(api *model.API, f *jen.File) error {
	f.Var().Id("metas").Op("=").Index(jen.Op("...")).Id("Meta").ValuesFunc(func(g *jen.Group) {
		for _, i := range api.Infos {
			var goName, owner string
			if hasKey(i) {
				goName = i.Go
			} else {
				owner = i.FormArg
			}
			g.Line().Add(fields(
				"ID", jen.Id("ID"+i.Go),
				"Name", jen.Lit("CURLINFO_"+i.Name),
				"Go", unlessZero(goName),
				"Kind", jen.Id(infoKind(i)),
				"Since", versionLit(i.Introduced),
				"Deprecated", versionLit(i.Deprecated),
				"Owner", unlessZero(owner),
			))
		}
		g.Line()
	})

	order := make([]int, len(api.Infos))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(api.Infos[a].Number, api.Infos[b].Number) })
	f.Comment(comment("byID is the order of metas by number."))
	f.Var().Id("byID").Op("=").Index(jen.Op("...")).Uint8().ValuesFunc(func(g *jen.Group) {
		for _, row := range order {
			g.Lit(row)
		}
	})
	return nil
}
