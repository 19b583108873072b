package opt

import (
	"fmt"
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

func outOfRange(id ID, class Class, n, least, most int64) Option {
	return refuse(id, class, fmt.Sprint(n), fmt.Sprintf("it must be from %d to %d", least, most))
}

func spanOutOfRange(id ID, d, unit time.Duration, least, most int64) Option {
	if d < 0 {
		return refuse(id, ClassLong, d.String(), "it must not be negative")
	}
	return refuse(id, ClassLong, d.String(), fmt.Sprintf("it must be from %d to %d units of %v", max(least, 0), most, unit))
}
