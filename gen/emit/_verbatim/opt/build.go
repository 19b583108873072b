package opt

import (
	"io/fs"
	"math"
	"runtime"
	"time"
)

// The functions in this file are what the constructors are made of. They are small so that the compiler inlines them.

func flag(id ID, on bool, yes int64) Option {
	o := Option{id: id, class: ClassLong}
	if on {
		o.n = yes
	}
	return o
}

func number(id ID, class Class, n int64) Option { return Option{id: id, class: class, n: n} }

func long(id ID, n int64) Option { return ranged(id, ClassLong, n, -maxLong()-1, maxLong()) }

func ranged(id ID, class Class, n, least, most int64) Option {
	if n < least || n > most {
		return outOfRange(id, class, n, least, most)
	}
	return Option{id: id, class: class, n: n}
}

func str(id ID, s string) Option { return Option{id: id, class: ClassString, s: s} }

func list(id ID, v []string) Option {
	o := Option{id: id, class: ClassList}
	if len(v) > 0 {
		o.p = v
	}
	return o
}

func blob(id ID, v []byte) Option {
	o := Option{id: id, class: ClassBlob}
	if v != nil {
		o.p = v
	}
	return o
}

func body(id ID, v []byte) Option {
	o := blob(id, v)
	o.class = ClassBytes
	return o
}

// span rounds a duration up to whole units. A negative one becomes -1 where libcurl gives that a meaning (least < 0).
func span(id ID, d, unit time.Duration, least, most int64) Option {
	n := int64(d / unit)
	if d%unit > 0 {
		n++
	}
	if d < 0 {
		n = -1
	}
	if n < least || n > most {
		return spanOutOfRange(id, d, unit, least, most)
	}
	return Option{id: id, class: ClassLong, n: n}
}

// moment converts a time to seconds since 1970; the zero time is libcurl's default, 0.
func moment(id ID, class Class, t time.Time) Option {
	var n int64
	if !t.IsZero() {
		n = t.Unix()
	}
	if class == ClassLong {
		return long(id, n)
	}
	return number(id, class, n)
}

func permissions(id ID, mode fs.FileMode) Option {
	if mode&^fs.ModePerm != 0 {
		return refuse(id, ClassLong, mode.String(), "only permission bits (0 to 0777) can be set")
	}
	return Option{id: id, class: ClassLong, n: int64(mode)}
}

// maxLong is the largest C long of the platform: 32 bits wide on Windows, as wide as an int elsewhere.
func maxLong() int64 {
	if runtime.GOOS == "windows" {
		return math.MaxInt32
	}
	return math.MaxInt
}
