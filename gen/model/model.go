// Package model is the one description of libcurl's API that every emitter reads.
//
// It is filled by Load from the files under headers/ and nothing else: the facts that the importer took from a
// libcurl release (headers/*.tsv, headers/curl.h) joined with the tables a person keeps (headers/hand/*.tsv).
// A symbol of the release without its row in a hand table is an error that names the symbol and the table.
// Nothing in here knows about Go syntax or C shims; that is the emitters' business.
package model

// Version is a libcurl version as LIBCURL_VERSION_NUM writes it: 0xXXYYZZ.
type Version uint32

// API is everything libcurl offers, in the order the emitters print it (sorted by name unless said otherwise).
type API struct {
	Release      Version // the release the facts were imported from
	Header       string  // headers/curl.h, the normal form of libcurl's declarations
	Options      []Option
	Aliases      []Alias // old names of options that still work
	Infos        []Info
	MultiOptions []MultiOption
	ShareOptions []ShareOption
	CodeSpaces   []CodeSpace
	EnumTypes    []EnumType
	Functions    []Function
	Callbacks    []Callback
	Symbols      []Symbol // every constant of the release, also those the other lists mention
}

// Symbol is one constant of libcurl: an enumerator or a macro with an integer value.
type Symbol struct {
	Name       string
	Value      int64
	Introduced Version
	Deprecated Version // 0: not deprecated
	Removed    Version // 0: still there
	Varies     bool    // its value differs between libcurl versions (CURLAUTH_ANY is one)
}

// Class is the C argument type curl_easy_setopt takes for an option.
type Class string

// The classes of the option macros in curl.h, object pointers split by what they point to.
const (
	ClassLong     Class = "long"
	ClassOff      Class = "off_t"
	ClassString   Class = "string"
	ClassList     Class = "slist"
	ClassBlob     Class = "blob"
	ClassFunction Class = "function"
	ClassData     Class = "data"   // void* handed back to a callback
	ClassObject   Class = "object" // the eleven bare object pointers
)

// Form is the Go type family of an option, info key or multi option: the part before the colon of a hand table's
// form column; FormArg is the part after it.
type Form string

// Option is one CURLOPT.
type Option struct {
	Name       string // without CURLOPT_
	Number     int    // the full number, type base included (10002 for URL)
	Class      Class
	Values     bool   // the header marks it as taking named values
	CallbackC  string // typedef of the callback for ClassFunction
	Object     string // what a ClassObject pointer points to, as typecheck-gcc.h has it
	Introduced Version
	Deprecated Version
	Replaced   string   // the symbol that the header names as its replacement
	Protocols  []string // as the option page lists them
	TLS        []string // TLS libraries the option page lists, empty: not about TLS

	// from headers/hand/options.tsv
	Go       string // name of the setter, or of the runtime part for forms owned, planned, none
	Form     Form
	FormArg  string
	Unset    Unset
	Min, Max *int64 // accepted range, nil: libcurl's own check decides
	Live     bool   // libcurl reads it again while a transfer runs
	WhyLive  string // where it does
	Memory   string // value, copied, borrowed, none
	Calls    bool   // setting it can enter a callback
	Fallback string // option that carries the same setting on a libcurl that lacks this one
	Summary  string // one sentence of our own
}

// Alias is an old option name that libcurl still accepts.
type Alias struct {
	Name   string
	Target string
}

// Info is one CURLINFO that curl_easy_getinfo answers.
type Info struct {
	Name       string // without CURLINFO_
	Number     int
	Class      string // string, long, double, off_t, slist, ptr, socket
	Introduced Version
	Deprecated Version
	Replaced   string

	// from headers/hand/infos.tsv
	Go      string
	Form    Form
	FormArg string
	Summary string
}

// MultiOption is one CURLMOPT.
type MultiOption struct {
	Name       string
	Number     int
	Class      Class
	CallbackC  string
	Introduced Version
	Deprecated Version

	Go      string
	Form    Form
	FormArg string
	Unset   Unset
	Summary string
}

// ShareOption is one CURLSHOPT.
type ShareOption struct {
	Name       string
	Number     int
	Class      string // int, data or function
	CallbackC  string
	Introduced Version

	Go      string // public form or runtime part
	Owner   string
	Summary string
}

// CodeSpace is one family of result codes.
type CodeSpace struct {
	Space  string // easy, multi, share, url, header, proxy
	Prefix string // CURLE_, CURLM_, ...
	GoType string
	Codes  []Code
}

// Code is one result code.
type Code struct {
	C          string
	Value      int64
	Introduced Version
	Deprecated Version

	Go   string
	Text string // our own words
}

// EnumType is one Go type whose constants are libcurl constants.
type EnumType struct {
	Go     string
	Kind   EnumKind
	Pkg    string // opt, info or multiopt
	Doc    string
	Values []EnumValue
}

// EnumKind says what a number of an EnumType is.
type EnumKind string

// The kinds of EnumType.
const (
	EnumNumber EnumKind = "enum"   // one of the constants
	EnumBits   EnumKind = "bits"   // constants combined with |, each of which is to take effect
	EnumChoice EnumKind = "choice" // constants combined with |, one of which will do
)

// Bits says that constants are combined with |.
func (t EnumType) Bits() bool { return t.Kind != EnumNumber }

// EnumValue is one constant of an EnumType.
type EnumValue struct {
	C          string
	Go         string
	Value      int64
	Introduced Version
	Deprecated Version
	Doc        string
}

// Name is what people know a constant by: its symbol, or the Go name where libcurl has only a number.
func (v EnumValue) Name() string {
	if v.C == "" {
		return v.Go
	}
	return v.C
}

// Function is one exported function of libcurl.
type Function struct {
	Name       string // without curl_
	Result     string // C type
	Params     []Param
	Variadic   bool
	Introduced Version
	Deprecated Version

	// from headers/hand/functions.tsv
	Form     string // bound, planned, none: bound has a public Go form
	Go       string // the public form ("Easy.Perform"), the runtime part, the planned capability, or the reason
	Leaf     bool   // can never enter a callback
	Required bool   // part of the oldest libcurl that the loader accepts
}

// Param is one parameter of a C function or callback.
type Param struct {
	Name string
	C    string // C type as written in headers/curl.h
}

// Callback is one callback type of libcurl.
type Callback struct {
	Typedef string
	Result  string
	Params  []Param

	// from headers/hand/callbacks.tsv
	Option  string // CURLOPT_ or CURLMOPT_ that takes it, "" for others
	Go      string // name of the Go function type, the owner, or the reason
	Form    string // bound, planned, none, owned
	Deliver string // deferred, copied or spot: how an engine may deliver it
	Fail    string // C expression that tells libcurl the callback failed
	Summary string
}
