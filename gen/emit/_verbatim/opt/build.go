package opt

import (
	"io/fs"
	"math"
	"runtime"
	"time"
	"unsafe"
)

// The functions in this file are what the constructors are made of. They are small so that the compiler inlines them: an
// option made of constants is then a few constants in its place.

// asPlain marks a number that means nothing to package curl, which every libcurl has: see PlainNumbers.
func (o Option) asPlain() Option {
	o.kind |= plain
	return o
}

func flag(id ID, on bool, yes int64) Option {
	o := Option{id: id, kind: kind(ClassLong)}
	if on {
		o.n = yes
	}
	return o
}

func number(id ID, class Class, n int64) Option { return Option{id: id, kind: kind(class), n: n} }

func long(id ID, n int64) Option { return ranged(id, ClassLong, n, -maxLong()-1, maxLong()) }

func ranged(id ID, class Class, n, least, most int64) Option {
	o := Option{id: id, kind: kind(class), n: n}
	if n < least || n > most {
		o.p = &outOfRange{least: least, most: most}
	}
	return o
}

func str(id ID, s string) Option {
	return Option{id: id, kind: kind(ClassString), n: int64(len(s)), p: unsafe.StringData(s)}
}

func list(id ID, v []string) Option {
	o := Option{id: id, kind: kind(ClassList)}
	if len(v) > 0 {
		o.n, o.p = int64(len(v)), unsafe.SliceData(v)
	}
	return o
}

func blob(id ID, v []byte) Option { return data(id, ClassBlob, v) }

func body(id ID, v []byte) Option { return data(id, ClassBytes, v) }

func data(id ID, class Class, v []byte) Option {
	o := Option{id: id, kind: kind(class)}
	if v != nil {
		o.n, o.p = int64(len(v)), unsafe.SliceData(v)
	}
	return o
}

func function(id ID, f any) Option { return Option{id: id, kind: kind(ClassFunction), p: f} }

// span rounds a duration up to whole units. A negative one becomes -1 where libcurl gives that a meaning (least < 0).
// The unit is a constant wherever this is inlined, which makes the division a multiplication.
func span(id ID, d, unit time.Duration, least, most int64) Option {
	o := Option{id: id, kind: kind(ClassLong), n: int64(d / unit)}
	if d%unit > 0 {
		o.n++
	}
	if d < 0 {
		o.n = -1
	}
	if o.n < least || o.n > most {
		o.p = &outOfRange{least, most, d, unit}
	}
	return o
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
	return Option{id: id, kind: kind(ClassLong), n: int64(mode)}
}

// maxLong is the largest C long of the platform: 32 bits wide on Windows, as wide as an int elsewhere.
func maxLong() int64 {
	if runtime.GOOS == "windows" {
		return math.MaxInt32
	}
	return math.MaxInt
}
