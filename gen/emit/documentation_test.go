package emit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// documentation maps each exported name of the generated packages, as in "opt.URL", to its comment.
func documentation(t *testing.T, api *model.API) map[string]string {
	t.Helper()
	files, err := Render(api)
	if err != nil {
		t.Fatal(err)
	}
	docs := map[string]string{}
	for _, file := range files {
		if !strings.HasPrefix(file.Path, "generated/") || path.Ext(file.Path) != ".go" {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file.Path, file.Data, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		add := func(id *ast.Ident, comments ...*ast.CommentGroup) {
			if id.IsExported() {
				for _, c := range comments {
					docs[tree.Name.Name+"."+id.Name] += c.Text()
				}
			}
		}
		for _, decl := range tree.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if decl.Recv == nil {
					add(decl.Name, decl.Doc)
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						add(spec.Name, decl.Doc, spec.Doc, spec.Comment)
					case *ast.ValueSpec:
						for _, id := range spec.Names {
							add(id, decl.Doc, spec.Doc, spec.Comment)
						}
					}
				}
			}
		}
	}
	return docs
}

// documented checks that the comment of a Go name has what a reader looks for.
func documented(t *testing.T, docs map[string]string, goName, symbol string, since, deprecated model.Version) {
	t.Helper()
	text, ok := docs[goName]
	if !ok {
		t.Errorf("%s: there is no %s", symbol, goName)
		return
	}
	text = strings.Join(strings.Fields(text), " ")
	for _, want := range []string{symbol, "Since libcurl " + versionText(since) + ".", "https://curl.se/libcurl/c/" + symbol + ".html"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s: the comment lacks %q: %s", goName, want, text)
		}
	}
	if strings.Contains(text, "Deprecated: ") != (deprecated != 0) {
		t.Errorf("%s: deprecated in %s, but the comment reads: %s", goName, versionText(deprecated), text)
	}
}

func TestEverySymbolIsDocumented(t *testing.T) {
	api := load(t)
	docs := documentation(t, api)
	for _, o := range api.Options {
		if hasSetter(o) {
			documented(t, docs, "opt."+o.Go, "CURLOPT_"+o.Name, o.Introduced, o.Deprecated)
		}
		if _, ok := docs["opt."+optID(o)]; !ok {
			t.Errorf("there is no opt.%s", optID(o))
		}
	}
	for _, i := range api.Infos {
		if hasKey(i) {
			documented(t, docs, "info."+i.Go, "CURLINFO_"+i.Name, i.Introduced, i.Deprecated)
		}
	}
	for _, o := range api.MultiOptions {
		if o.Form != "owned" {
			documented(t, docs, "multiopt."+o.Go, "CURLMOPT_"+o.Name, o.Introduced, o.Deprecated)
		}
	}
	for _, space := range api.CodeSpaces {
		for _, c := range space.Codes {
			if text := docs["codes."+c.Go]; !strings.Contains(text, c.C+": ") {
				t.Errorf("codes.%s: the comment does not name %s: %s", c.Go, c.C, text)
			}
		}
	}
	for name, text := range docs {
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s has no comment", name)
		}
	}
}

func TestBothConstructorsOfABoolWithModes(t *testing.T) {
	docs := documentation(t, load(t))
	for _, name := range []string{"opt.FollowLocation", "opt.FollowLocationMode"} {
		if !strings.Contains(docs[name], "CURLOPT_FOLLOWLOCATION") {
			t.Errorf("%s: %q", name, docs[name])
		}
	}
}

func TestAliasesAreFoundInComments(t *testing.T) {
	api := load(t)
	docs := documentation(t, api)
	for _, a := range api.Aliases {
		for _, o := range api.Options {
			if o.Name == a.Target && hasSetter(o) && !strings.Contains(docs["opt."+o.Go], "CURLOPT_"+a.Name) {
				t.Errorf("opt.%s does not name its alias CURLOPT_%s", o.Go, a.Name)
			}
		}
	}
}
