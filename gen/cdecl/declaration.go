package cdecl

import (
	"slices"
	"strings"

	"modernc.org/cc/v4"
)

// add files one declaration under its kind.
func (u *Unit) add(d *cc.Declaration) {
	if d.Case != cc.DeclarationDecl {
		return
	}
	declarator := firstDeclarator(d)
	all := cc.NodeTokens(d)
	all = all[:len(all)-1] // the semicolon
	decl := Decl{Text: text(all)}
	if declarator != nil {
		decl.Name = declarator.Name()
	}
	typedef := declarator != nil && declarator.IsTypename()
	enum, record := specifiers(d.DeclarationSpecifiers)

	switch {
	case enum != nil && enum.Case == cc.EnumSpecifierDef:
		e := Enum{Tag: enum.Token2.SrcStr(), Values: enumerators(enum)}
		if typedef {
			e.Typedef = decl.Name
		}
		u.Enums = append(u.Enums, e)
	case record != nil && record.Case == cc.StructOrUnionSpecifierDef:
		if decl.Name == "" {
			decl.Name = record.Token.SrcStr()
		}
		u.Structs = append(u.Structs, decl)
	case record != nil && declarator == nil:
		decl.Name = record.Token.SrcStr()
		u.Opaques = append(u.Opaques, decl)
	case declarator == nil:
	case parameters(declarator.DirectDeclarator) == nil:
		u.Typedefs = append(u.Typedefs, decl)
	case typedef:
		u.Callbacks = append(u.Callbacks, function(decl, d, declarator))
	default:
		u.Functions = append(u.Functions, function(decl, d, declarator))
	}
}

func firstDeclarator(d *cc.Declaration) *cc.Declarator {
	if d.InitDeclaratorList == nil {
		return nil
	}
	return d.InitDeclaratorList.InitDeclarator.Declarator
}

// specifiers finds the enum or struct that a declaration defines or names.
func specifiers(s *cc.DeclarationSpecifiers) (enum *cc.EnumSpecifier, record *cc.StructOrUnionSpecifier) {
	for ; s != nil; s = s.DeclarationSpecifiers {
		if t := s.TypeSpecifier; t != nil {
			switch t.Case {
			case cc.TypeSpecifierEnum:
				enum = t.EnumSpecifier
			case cc.TypeSpecifierStructOrUnion:
				record = t.StructOrUnionSpecifier
			}
		}
	}
	return enum, record
}

func enumerators(e *cc.EnumSpecifier) []Constant {
	var list []Constant
	for n := e.EnumeratorList; n != nil; n = n.EnumeratorList {
		v, _ := integer(n.Enumerator.Value())
		list = append(list, Constant{Name: n.Enumerator.Token.SrcStr(), Value: v})
	}
	return list
}

// function takes a prototype apart. The result type is what stands before the name: the declaration's tokens without
// typedef, name, parameters and, for a callback, its parentheses and star.
func function(decl Decl, d *cc.Declaration, declarator *cc.Declarator) Func {
	f := Func{Decl: decl}
	head := cc.NodeTokens(d.DeclarationSpecifiers)
	if head[0].SrcStr() == "typedef" {
		head = head[1:]
	}
	if declarator.Pointer != nil { // the stars of the result, not those of the callback
		head = append(head, cc.NodeTokens(declarator.Pointer)...)
	}
	f.Result = text(head)

	types := parameters(declarator.DirectDeclarator)
	f.Variadic = types.Case == cc.ParameterTypeListVar
	for n := types.ParameterList; n != nil; n = n.ParameterList {
		f.Params = append(f.Params, param(n.ParameterDeclaration))
	}
	if len(f.Params) == 1 && f.Params[0] == (Param{C: "void"}) {
		f.Params = nil
	}
	return f
}

func param(p *cc.ParameterDeclaration) Param {
	all := cc.NodeTokens(p)
	if p.Declarator == nil {
		return Param{C: text(all)}
	}
	name := p.Declarator.Name()
	all = slices.DeleteFunc(all, func(t cc.Token) bool { return t == p.Declarator.NameTok() })
	c := text(all)
	if element, ok := strings.CutSuffix(c, "[]"); ok { // an array parameter is a pointer
		c = element + " *"
	}
	return Param{Name: name, C: c}
}

// parameters finds the parameter list of a declarator: name(...) or (*name)(...).
func parameters(d *cc.DirectDeclarator) *cc.ParameterTypeList {
	for ; d != nil; d = d.DirectDeclarator {
		if d.Case == cc.DirectDeclaratorFuncParam {
			return d.ParameterTypeList
		}
	}
	return nil
}
