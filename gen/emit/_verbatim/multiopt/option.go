package multiopt

import (
	"fmt"
	"strconv"
)

// Option is one setting of a multi handle: an inert value that can be kept, copied and used from any goroutine. The
// zero Option is invalid.
type Option struct {
	id    ID
	class Class
	n     int64
	p     any
}

// ID returns the option's number.
func (o Option) ID() ID { return o.id }

// String returns the option the way the libcurl documentation writes it: CURLMOPT_MAXCONNECTS=10.
func (o Option) String() string { return o.id.String() + "=" + o.value() }

func (o Option) value() string {
	switch o.class {
	case ClassLong, ClassOff:
		return strconv.FormatInt(o.n, 10)
	case ClassList:
		list, _ := o.p.([]string)
		return fmt.Sprintf("(%d strings)", len(list))
	case ClassFunction:
		if o.p == nil {
			return "nil"
		}
		return "func"
	}
	return "(invalid)"
}

// Spec is the content of an Option for package curl, which carries it out. It is exported because Go offers no
// narrower door between the two packages; it is no part of the promises this module makes about its API.
type Spec struct {
	ID    ID
	Class Class
	Int   int64 // ClassLong, ClassOff
	Any   any   // []string or a function type of this package, nil to put the default back
}

// Spec returns the content of the option. See the type for who may use it.
func (o Option) Spec() Spec { return Spec{ID: o.id, Class: o.class, Int: o.n, Any: o.p} }

func flag(id ID, on bool) Option {
	o := Option{id: id, class: ClassLong}
	if on {
		o.n = 1
	}
	return o
}

func number(id ID, class Class, n int64) Option { return Option{id: id, class: class, n: n} }

func list(id ID, v []string) Option {
	o := Option{id: id, class: ClassList}
	if len(v) > 0 {
		o.p = v
	}
	return o
}

func function(id ID, f any) Option { return Option{id: id, class: ClassFunction, p: f} }
