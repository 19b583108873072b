package opt_test

import (
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func TestPlainNumbers(t *testing.T) {
	for name, c := range map[string]struct {
		batch []opt.Option
		want  bool
	}{
		"none":          {nil, true},
		"numbers":       {[]opt.Option{opt.MaxRedirs(3), opt.MaxFileSize(1 << 40), opt.MaxRedirs(-1), opt.TCPNoDelay(false)}, true},
		"zero":          {[]opt.Option{opt.MaxRedirs(3), {}}, false},
		"meant for us":  {[]opt.Option{opt.ConnectOnly(opt.ConnectOnlyTransport), opt.MaxRedirs(3)}, false},
		"too new":       {[]opt.Option{opt.MaxAgeConn(3), opt.MaxRedirs(3)}, false},
		"raw":           {[]opt.Option{opt.RawLong(opt.IDMaxRedirs, 3)}, false},
		"another class": {[]opt.Option{opt.RawOff(opt.IDMaxRedirs, 3)}, false},
		"a string":      {[]opt.Option{opt.URL("http://host/"), opt.MaxRedirs(3)}, false},
		"no string":     {[]opt.Option{opt.URL("")}, false},
		"refused":       {[]opt.Option{opt.MaxRedirs(3), opt.MaxRedirs(-7)}, false},
	} {
		if got := opt.PlainNumbers(c.batch); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
