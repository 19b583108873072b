package capi

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strconv"
	"strings"
	"testing"
)

// Every constant in results.go names its C symbol in the comment behind it.
func TestResultsAreLibcurls(t *testing.T) {
	symbols := symbolValues(t)
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "results.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := new(types.Config).Check("capi", set, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		name := spec.Names[0].Name
		symbol, _, _ := strings.Cut(strings.TrimSpace(spec.Comment.Text()), ";")
		want, known := symbols[symbol]
		got, exact := constant.Int64Val(pkg.Scope().Lookup(name).(*types.Const).Val())
		switch {
		case !known:
			t.Errorf("%s: there is no symbol %q", name, symbol)
		case !exact || got != want:
			t.Errorf("%s is %d, libcurl's %s is %d", name, got, symbol, want)
		}
		seen++
		return true
	})
	if seen != len(pkg.Scope().Names()) {
		t.Errorf("%d of %d constants compared", seen, len(pkg.Scope().Names()))
	}
}

// symbolValues reads the imported table of libcurl's integer constants.
func symbolValues(t *testing.T) map[string]int64 {
	text, err := os.ReadFile("../../../headers/symbols.tsv")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]int64{}
	for line := range strings.Lines(string(text)) {
		name, rest, _ := strings.Cut(line, "\t")
		number, _, _ := strings.Cut(rest, "\t")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			values[name] = n
		}
	}
	return values
}
