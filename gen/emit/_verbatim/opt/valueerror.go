package opt

import (
	"fmt"
	"strconv"
	"time"
)

// ValueError says that an option was made from a value that libcurl cannot take. Setting the option returns it and
// leaves the handle as it was; use [errors.As] to find it.
type ValueError struct {
	Option ID
	Value  string // the value as it was given
	Reason string // what is accepted instead
}

func (e *ValueError) Error() string {
	return fmt.Sprintf("%v: value %s refused: %s", e.Option, e.Value, e.Reason)
}

func refuse(id ID, class Class, value, reason string) Option {
	return Option{id: id, kind: kind(class), p: &ValueError{Option: id, Value: value, Reason: reason}}
}

// outOfRange is in an option in place of a ValueError, which is made when somebody asks for it: the constructors are
// inlined wherever options are made, and have no room for a text.
type outOfRange struct {
	least, most int64
	d, unit     time.Duration // of a duration; else 0
}

func (r *outOfRange) of(id ID, n int64) *ValueError {
	switch {
	case r.unit == 0:
		return &ValueError{id, strconv.FormatInt(n, 10), fmt.Sprintf("it must be from %d to %d", r.least, r.most)}
	case r.d < 0:
		return &ValueError{id, r.d.String(), "it must not be negative"}
	}
	return &ValueError{id, r.d.String(), fmt.Sprintf("it must be from %d to %d units of %v", max(r.least, 0), r.most, r.unit)}
}

// refused is why the option cannot be set, nil if it is fine.
func (o Option) refused() *ValueError {
	switch p := o.p.(type) {
	case *ValueError:
		return p
	case *outOfRange:
		return p.of(o.id, o.n)
	}
	return nil
}
