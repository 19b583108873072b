package opt_test

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestPlainNumbers(t *testing.T) {
	table := [opt.NumberIndexes]uint8{0: uint8(opt.ClassObject)}
	table[opt.NumberIndex(opt.IDMaxRedirs)] = uint8(opt.ClassLong)
	table[opt.NumberIndex(opt.IDMaxFileSize)] = uint8(opt.ClassOff)
	for name, c := range map[string]struct {
		batch []opt.Option
		want  bool
	}{
		"none":            {nil, true},
		"numbers":         {[]opt.Option{opt.MaxRedirs(3), opt.MaxFileSize(1 << 40), opt.MaxRedirs(-1)}, true},
		"zero":            {[]opt.Option{opt.MaxRedirs(3), {}}, false},
		"not in table":    {[]opt.Option{opt.Port(80), opt.MaxRedirs(3)}, false},
		"raw":             {[]opt.Option{opt.RawLong(opt.IDMaxRedirs, 3)}, false},
		"another class":   {[]opt.Option{opt.RawOff(opt.IDMaxRedirs, 3)}, false},
		"a string":        {[]opt.Option{opt.URL("http://host/"), opt.MaxRedirs(3)}, false},
		"no string":       {[]opt.Option{opt.URL("")}, false},
		"refused":         {[]opt.Option{opt.MaxRedirs(3), opt.MaxRedirs(-7)}, false},
		"far beyond":      {[]opt.Option{opt.RawLong(1<<30, 1)}, false},
		"a negative id":   {[]opt.Option{opt.RawLong(-1, 1)}, false},
		"beyond, by 2^9n": {[]opt.Option{opt.RawLong(opt.IDMaxRedirs+512, 1)}, false},
	} {
		if got := opt.PlainNumbers(c.batch, &table); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestNumbersHavePlacesOfTheirOwn(t *testing.T) {
	seen := map[uint32]opt.ID{opt.NumberIndex(0): 0}
	for m := range opt.All() {
		if m.Class != opt.ClassLong && m.Class != opt.ClassOff {
			continue
		}
		i := opt.NumberIndex(m.ID)
		if other, taken := seen[i]; taken {
			t.Errorf("%v and %v are both at %d", m.ID, other, i)
		}
		seen[i] = m.ID
	}
}
