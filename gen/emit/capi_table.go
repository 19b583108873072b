package emit

import (
	"fmt"
	"io"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// capiTableOutputs are libcurl's declarations and the table of its functions for curl/internal/capi. A table row is
// the function's shim: C calls through it with the function's real prototype, Go asks by Func whether it is there.
func capiTableOutputs() []Output {
	const dir = "curl/internal/capi/"
	return []Output{
		{Path: dir + "zcurl.h", Write: writeDeclarations},
		{Path: dir + "ztable.h", Write: writeTableHeader},
		{Path: dir + "ztable.c", Write: writeTableSource},
		{Path: dir + "ztable.go", Write: writeTableGo},
	}
}

func writeDeclarations(api *model.API, w io.Writer) error {
	_, err := io.WriteString(w, api.Header)
	return err
}

func writeTableHeader(api *model.API, w io.Writer) error {
	var rows strings.Builder
	for _, f := range api.Functions {
		fmt.Fprintf(&rows, "\t__typeof__(curl_%s) *%s;%s\n", f.Name, f.Name, tableNote(f))
	}
	_, err := fmt.Fprintf(w, `/* A pointer to each function that libcurl exports, of exactly that function's type, so that variadic ones are called
 * as such: gocurl_fn.easy_setopt(h, CURLOPT_NOSIGNAL, 1L). The loader fills the table once; it is constant afterwards.
 * A function marked with a version is NULL when the libcurl in use lacks it: older, or built without it. */
#ifndef GOCURL_ZTABLE_H
#define GOCURL_ZTABLE_H

struct gocurl_table {
%s};

extern struct gocurl_table gocurl_fn;

#define GOCURL_TABLE_SIZE %d

/* The functions' names in the order of the table. */
extern const char *const gocurl_names[GOCURL_TABLE_SIZE];

#ifdef GOCURL_LINKED
/* The functions of the libcurl that the program is linked with. */
extern const struct gocurl_table gocurl_linked;
#endif

#endif
`, rows.String(), len(api.Functions))
	return err
}

// tableNote says when a function can be missing.
func tableNote(f model.Function) string {
	if f.Required {
		return ""
	}
	return " /* " + versionText(f.Introduced) + " */"
}

func writeTableSource(api *model.API, w io.Writer) error {
	var names, weak, linked strings.Builder
	for _, f := range api.Functions {
		fmt.Fprintf(&names, "\t\"curl_%s\",\n", f.Name)
		fmt.Fprintf(&linked, "\t.%s = curl_%s,\n", f.Name, f.Name)
		if !f.Required {
			fmt.Fprintf(&weak, "#pragma weak curl_%s\n", f.Name)
		}
	}
	_, err := fmt.Fprintf(w, `#include "decl.h"

struct gocurl_table gocurl_fn;

_Static_assert(sizeof(struct gocurl_table) == GOCURL_TABLE_SIZE * sizeof(void *), "the loader walks it as an array");

const char *const gocurl_names[GOCURL_TABLE_SIZE] = {
%s};

#ifdef GOCURL_LINKED

/* Weak: a linked libcurl that lacks one leaves its row NULL. The rest stays strong, because a linker told --as-needed
 * drops a library that has nothing but weak users. */
%s
const struct gocurl_table gocurl_linked = {
%s};

#endif
`, names.String(), weak.String(), linked.String())
	return err
}

func writeTableGo(api *model.API, w io.Writer) error {
	file := jen.NewFile("capi")
	file.NoFormat = true // render formats
	file.Comment("The functions of libcurl in the order of the function table.")
	file.Const().DefsFunc(func(g *jen.Group) {
		for i, f := range api.Functions {
			row := g.Id(funcConst(f.Name))
			if i == 0 {
				row.Id("Func").Op("=").Iota()
			}
			row.Comment("curl_" + f.Name)
		}
	})
	file.Var().Id("functions").Op("=").Index(jen.Op("...")).Id("function").ValuesFunc(func(g *jen.Group) {
		for _, f := range api.Functions {
			g.Line().Id(funcConst(f.Name)).Op(":").Values(jen.Lit("curl_"+f.Name),
				versionLit(f.Introduced), jen.Lit(f.Required))
		}
		g.Line()
	})
	return file.Render(w)
}

// funcWords are the words of function names that are not just capitalised.
var funcWords = map[string]string{
	"addpart": "AddPart", "byname": "ByName", "bynum": "ByNum", "cb": "CB", "duphandle": "DupHandle", "fdset": "FDSet",
	"filedata": "FileData", "formadd": "FormAdd", "formfree": "FormFree", "formget": "FormGet", "getdate": "GetDate",
	"getenv": "GetEnv", "getinfo": "GetInfo", "id": "ID", "mime": "MIME", "nextheader": "NextHeader", "offt": "OffT",
	"pushheader": "PushHeader", "setopt": "SetOpt", "ssls": "SSLS", "sslset": "SSLSet", "strerror": "StrError",
	"url": "URL", "waitfds": "WaitFDs", "ws": "WS",
}

// funcConst is the Go constant of a function: easy_option_by_id gives FuncEasyOptionByID.
func funcConst(name string) string {
	var b strings.Builder
	b.WriteString("Func")
	for word := range strings.SplitSeq(name, "_") {
		if special, ok := funcWords[word]; ok {
			b.WriteString(special)
		} else {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}
