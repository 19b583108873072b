package emit

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"strings"
)

// checkNames refuses two declarations of one name in a generated package. The names come from several tables that
// know nothing of each other (setters, enum types, their constants), and the compiler's answer would name a generated
// file instead of the tables to edit.
func checkNames(files []File) error {
	declaredIn := map[string]string{} // package folder and name -> file
	for _, file := range files {
		dir := path.Dir(file.Path)
		if path.Ext(file.Path) != ".go" || !strings.HasPrefix(dir, "generated/") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file.Path, file.Data, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, name := range declarations(tree) {
			key := dir + " " + name
			if other, ok := declaredIn[key]; ok {
				return fmt.Errorf("%s: %s is declared in %s and in %s; give one of them another Go name in headers/hand",
					dir, name, path.Base(other), path.Base(file.Path))
			}
			declaredIn[key] = file.Path
		}
	}
	return nil
}

// declarations lists the package level names of a file, methods left out.
func declarations(file *ast.File) []string {
	var names []string
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				names = append(names, decl.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					names = append(names, spec.Name.Name)
				case *ast.ValueSpec:
					for _, id := range spec.Names {
						if id.Name != "_" {
							names = append(names, id.Name)
						}
					}
				}
			}
		}
	}
	return names
}
