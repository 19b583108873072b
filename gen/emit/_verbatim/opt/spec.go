package opt

// Spec is the content of an Option for package curl, which carries it out. It is exported because Go offers no
// narrower door between the two packages; it is no part of the promises this module makes about its API.
type Spec struct {
	ID    ID
	Class Class
	Raw   bool   // made by a Raw function: the class is the caller's claim
	Int   int64  // ClassLong, ClassOff
	Str   string // ClassString
	Any   any    // []string, []byte or a function type of this package, nil to put the default back; or a *ValueError
}

// Spec returns the content of the option. See the type for who may use it.
func (o Option) Spec() Spec {
	return Spec{ID: o.id, Class: o.class, Raw: o.raw, Int: o.n, Str: o.s, Any: o.p}
}
