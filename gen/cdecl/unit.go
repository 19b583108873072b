package cdecl

// Unit is what a C file declares, in source order.
type Unit struct {
	Constants []Constant // macros whose replacement is an integer constant expression
	Enums     []Enum
	Structs   []Decl // with members
	Opaques   []Decl // structs that are only named: struct curl_pushheaders
	Typedefs  []Decl // neither a definition nor a pointer to a function
	Callbacks []Func // typedefs of a pointer to a function
	Functions []Func
}

// Constant is one named integer. Macros are evaluated in 64 bits, as C does with long constants on Linux.
type Constant struct {
	Name  string
	Value int64
	File  string // base name of the header a macro stands in
	Alias string // the constant a macro renames, "" for others
}

// Enum is one enum definition. One of Tag and Typedef may be empty, both for a bare list of constants.
type Enum struct {
	Tag, Typedef string
	Values       []Constant
}

// Name is the name by which prototypes mention the enum.
func (e Enum) Name() string {
	if e.Typedef != "" {
		return e.Typedef
	}
	return e.Tag
}

// Decl is one declaration, written in our normal form.
type Decl struct {
	Name string
	Text string // without the closing semicolon
}

// Func is one function prototype or callback typedef.
type Func struct {
	Decl
	Result   string
	Params   []Param
	Variadic bool
}

// Param is one parameter.
type Param struct {
	Name string // "" when the prototype gives none
	C    string // the type in our normal form: "struct curl_slist **"
}
