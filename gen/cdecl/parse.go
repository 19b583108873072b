package cdecl

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"modernc.org/cc/v4"
)

// Source is one C file, or text under a made-up name.
type Source struct {
	Name string
	Text string
}

// noFiles has no file. cc/v4 would take a nil file system for the machine's.
type noFiles struct{}

func (noFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Parse reads source, whose includes are looked up in files alone; nil has none. It leaves out what comes from Prelude.
func Parse(source Source, files fs.FS) (*Unit, error) {
	if files == nil {
		files = noFiles{}
	}
	abi, err := cc.NewABI("linux", "amd64")
	if err != nil {
		return nil, err
	}
	cfg := &cc.Config{
		ABI:             abi,
		FS:              files,
		FSOnly:          true, // never the machine's own headers
		IncludePaths:    []string{"@"},
		SysIncludePaths: []string{"."},
		EvalAllMacros:   true,
		Header:          true,
	}
	ast, err := cc.Translate(cfg, []cc.Source{
		{Name: "<predefined>", Value: predefined},
		{Name: "<prelude>", Value: "#ifndef " + Guard + "\n" + Prelude + "#endif\n"},
		{Name: source.Name, Value: "#define " + Guard + "\n#line 1\n" + source.Text},
	})
	if err != nil {
		return nil, fmt.Errorf("reading the C declarations of %s: %w", source.Name, err)
	}
	u := &Unit{Constants: constants(ast)}
	for n := ast.TranslationUnit; n != nil; n = n.TranslationUnit {
		d := n.ExternalDeclaration
		if strings.HasPrefix(d.Position().Filename, "<") || d.Case != cc.ExternalDeclarationDecl {
			continue
		}
		u.add(d.Declaration)
	}
	return u, nil
}

// constants lists the object-like macros that are integers. An alias of an enumerator counts as one.
func constants(ast *cc.AST) []Constant {
	var list []Constant
	for name, m := range ast.Macros {
		v, ok := integer(m.Value())
		file := m.Position().Filename
		if !ok || m.IsFnLike || strings.HasPrefix(file, "<") {
			continue
		}
		c := Constant{Name: name, Value: v, File: path.Base(file)}
		if r := m.ReplacementList(); len(r) == 1 && r[0].Ch == rune(cc.IDENTIFIER) {
			c.Alias = r[0].SrcStr()
		}
		list = append(list, c)
	}
	return list
}

func integer(v cc.Value) (int64, bool) {
	switch v := v.(type) {
	case cc.Int64Value:
		return int64(v), true
	case cc.UInt64Value:
		return int64(v), true
	}
	return 0, false
}
