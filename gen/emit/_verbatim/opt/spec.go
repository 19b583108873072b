package opt

import "unsafe"

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
	s := Spec{ID: o.id, Class: o.class(), Raw: o.kind&raw != 0, Any: o.p}
	switch p := o.p.(type) {
	case *byte:
		if s.Class == ClassString {
			s.Str, s.Any = o.text(), nil
		} else {
			s.Any = unsafe.Slice(p, o.n)
		}
	case *string:
		s.Any = unsafe.Slice(p, o.n)
	case *outOfRange:
		s.Any = p.of(o.id, o.n)
	case nil:
		s.Int = o.n
	}
	return s
}

// Number is a fast Spec: it reports false for everything but valid numbers that no Raw function made. See Spec for who may use
// it, and the two below.
func (o *Option) Number() (id ID, class Class, n int64, ok bool) {
	return o.id, o.class(), o.n, o.IsNumber()
}

// PlainNumbers says of every option that it is a valid number which means nothing to package curl, for whose Set this is. It
// looks at each of them in a few instructions and without a branch, because Set does nothing else with most batches.
func PlainNumbers(options []Option) bool {
	all, values := plain, uintptr(0)
	for i := range options {
		all &= options[i].kind
		values |= *(*uintptr)(unsafe.Pointer(&options[i].p)) // 0 in nil alone: a value out of its range has one
	}
	return all == plain && values == 0
}

// How an Option lies in memory, for package curl: it hands batches of numbers to C as they are.
const (
	SizeOfOption  = unsafe.Sizeof(Option{})
	OffsetOfID    = unsafe.Offsetof(Option{}.id)
	OffsetOfClass = unsafe.Offsetof(Option{}.kind)
	OffsetOfInt   = unsafe.Offsetof(Option{}.n)
	OffsetOfAny   = unsafe.Offsetof(Option{}.p)
)

// IsNumber says that Number would have one.
func (o *Option) IsNumber() bool { return o.kind&^plain <= kind(ClassOff) && o.p == nil }

// Text is Number for strings.
func (o *Option) Text() (s string, ok bool) {
	if p, ok := o.p.(*byte); ok && o.kind == kind(ClassString) {
		return unsafe.String(p, o.n), true
	}
	return "", false
}

// text is the string of an option of ClassString.
func (o Option) text() string {
	p, _ := o.p.(*byte)
	return unsafe.String(p, o.n)
}
