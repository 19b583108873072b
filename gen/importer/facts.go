package importer

import "github.com/seed-0edfda58/gocurl/gen/cdecl"

// Facts is what a release says about itself. Versions are written as libcurl writes them ("7.10.7"), "" where the
// release does not tell.
type Facts struct {
	Version      string
	Unit         *cdecl.Unit
	Symbols      []Symbol
	Options      []Option
	Aliases      []Alias
	Infos        []Info
	MultiOptions []HandleOption
	ShareOptions []HandleOption
	Functions    []Function
}

// Symbol is one integer constant: an enumerator or a macro.
type Symbol struct {
	Name       string
	Value      int64
	Known      bool // false: gone before any release that was imported, only its name is left
	Introduced string
	Deprecated string
	Removed    string // the last release that had it
	Varies     bool   // another imported release gives another value
}

// Option is one CURLOPT. Names are without prefix.
type Option struct {
	Name       string
	Number     int64
	Class      string
	Values     bool
	Callback   string // C typedef
	Object     string // what an object pointer points to
	Introduced string
	Deprecated string
	Replaced   string
	Protocols  []string
	TLS        []string
}

// Alias is an older name of an option.
type Alias struct{ Name, Target string }

// Info is one CURLINFO.
type Info struct {
	Name       string
	Number     int64
	Class      string
	Introduced string
	Deprecated string
	Replaced   string
}

// HandleOption is one option of a multi or share handle.
type HandleOption struct {
	Name       string
	Number     int64
	Class      string
	Callback   string
	Introduced string
	Deprecated string
}

// Function is one exported function. Its prototype is in Facts.Unit.
type Function struct {
	Name       string
	Introduced string
	Deprecated string
}
