package curl_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDocsNameWhatThereIs holds the README and all comments of package curl to names that the generated packages have.
func TestDocsNameWhatThereIs(t *testing.T) {
	names := map[string]bool{}
	for _, pkg := range []string{"opt", "info", "codes", "multiopt"} {
		for _, file := range parsedFiles(t, filepath.Join("..", "generated", pkg)) {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					if n.Recv == nil {
						names[pkg+"."+n.Name.Name] = true
					}
					return false
				case *ast.TypeSpec:
					names[pkg+"."+n.Name.Name] = true
				case *ast.ValueSpec:
					for _, id := range n.Names {
						names[pkg+"."+id.Name] = true
					}
				}
				return true
			})
		}
	}
	named := regexp.MustCompile(`\b(opt|info|codes|multiopt)\.[A-Z]\w*`)
	look := func(where, text string) {
		for _, name := range named.FindAllString(text, -1) {
			if !names[name] && name != "opt.Raw" { // "opt.Raw..." are several
				t.Errorf("%s tells of %s, which there is not", where, name)
			}
		}
	}
	for _, file := range []string{"README.md", "CHANGELOG.md", "curl/PROTOCOLS.md"} {
		text, err := os.ReadFile(filepath.Join("..", file))
		if err != nil {
			t.Fatal(err)
		}
		look(file, string(text))
	}
	for name, file := range parsedFiles(t, ".") {
		for _, comment := range file.Comments {
			look(name, comment.Text())
		}
	}
}

// parsedFiles are the Go files of a folder, without its tests.
func parsedFiles(t *testing.T, dir string) map[string]*ast.File {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(list) == 0 {
		t.Fatalf("no Go files in %s: %v", dir, err)
	}
	files := map[string]*ast.File{}
	for _, name := range list {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if files[name], err = parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments); err != nil {
			t.Fatal(err)
		}
	}
	return files
}
