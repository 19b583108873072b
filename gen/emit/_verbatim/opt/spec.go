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

// Number is a fast Spec: it reports false for everything but valid numbers that no Raw function made.
func (o *Option) Number() (id ID, class Class, n int64, ok bool) {
	return o.id, Class(o.kind), o.n, o.kind <= kind(ClassOff) && o.p == nil
}

// PlainNumbers says of every option that it is a valid number which no Raw function made, of a class that the table has
// for it at its [NumberIndex]: 0 for what is not meant, something else at 0, where the zero Option has its place. Only
// the constructors of this package make such options, so the table need not tell their IDs from others. It looks at each
// option in a few instructions and without a branch, because Set does nothing else with most batches.
func PlainNumbers(options []Option, table *[NumberIndexes]uint8) bool {
	bad := uintptr(0)
	for i := range options {
		o := &options[i]
		bad |= uintptr(table[NumberIndex(o.id)]^uint8(o.kind)) | *(*uintptr)(unsafe.Pointer(&o.p)) // 0 in nil alone
	}
	return bad == 0
}

// NumberIndexes is how many places there are.
const NumberIndexes = 2048

// NumberIndex is the place of an option of ClassLong or ClassOff: their numbers begin at 0 and 30000, and have places of
// their own up to 30511.
func NumberIndex(id ID) uint32 { return (uint32(id) + uint32(id)>>4) % NumberIndexes }

// How an Option lies in memory, for package curl: it hands batches of numbers to C as they are.
const (
	SizeOfOption  = unsafe.Sizeof(Option{})
	OffsetOfID    = unsafe.Offsetof(Option{}.id)
	OffsetOfClass = unsafe.Offsetof(Option{}.kind)
	OffsetOfInt   = unsafe.Offsetof(Option{}.n)
	OffsetOfAny   = unsafe.Offsetof(Option{}.p)
)

// IsNumber says that Number would have one.
func (o *Option) IsNumber() bool { return o.kind <= kind(ClassOff) && o.p == nil }

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
