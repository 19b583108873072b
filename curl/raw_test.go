package curl

import (
	"errors"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// rawOptions are the five raw forms of one number.
func rawOptions(id opt.ID, n int64, s string) []opt.Option {
	return []opt.Option{
		opt.RawLong(id, n), opt.RawOff(id, n), opt.RawString(id, s), opt.RawList(id, []string{s}), opt.RawBlob(id, []byte(s)),
	}
}

// checkRawVerdict says what is wrong about how a raw option was answered. Only one class can be right.
func checkRawVerdict(o opt.Option, err error) string {
	s := o.Spec()
	class := capi.OptionClass(int32(s.ID))
	m, ours := opt.Lookup(s.ID)
	if ours {
		class = m.Class.String()
	}
	var owned *OwnedError
	var mismatch *ClassError
	switch {
	case errors.As(err, &owned):
		if ours && m.Owner == "" && (m.Class == opt.ClassLong || m.Class == opt.ClassString) {
			return "is nobody's and was refused"
		}
	case errors.As(err, &mismatch):
		if class == s.Class.String() {
			return "is of the right class and was refused"
		}
	case class != s.Class.String():
		return "is of the wrong class and came through"
	}
	return ""
}

func TestRawOptionsOfAllNumbers(t *testing.T) {
	t.Chdir(t.TempDir())
	e := fresh(t)
	accepted := 0
	for id := opt.ID(-100); id <= 50_000; id++ {
		for _, o := range rawOptions(id, 1, "x") {
			err := e.Set(o)
			if err == nil {
				accepted++
			}
			if wrong := checkRawVerdict(o, err); wrong != "" {
				t.Errorf("%v (%s) %s: %v", o, o.Spec().Class, wrong, err)
			}
		}
	}
	if accepted < 150 {
		t.Errorf("only %d options were accepted", accepted)
	}
}

func FuzzRaw(f *testing.F) {
	f.Add(int32(opt.IDTimeout), int64(1), "x")
	f.Add(int32(opt.IDNoSignal), int64(0), "")
	f.Add(int32(opt.IDPostFieldSize), int64(1<<40), "a\x00b")
	f.Add(int32(opt.IDURL), int64(-1), "://")
	f.Add(int32(40_310), int64(0), "x")
	f.Fuzz(func(t *testing.T, id int32, n int64, s string) {
		t.Chdir(t.TempDir())
		e := fresh(t, opt.PostFields([]byte("data")))
		for _, o := range rawOptions(opt.ID(id), n, s) {
			if wrong := checkRawVerdict(o, e.Set(o)); wrong != "" {
				t.Errorf("%v (%s) %s", o, o.Spec().Class, wrong)
			}
		}
		if c, err := e.Clone(); err == nil {
			c.Close()
		}
		e.Reset()
	})
}

func TestRawOptionsByName(t *testing.T) {
	e := fresh(t)
	m, ok := opt.ByName("CURLOPT_ENCODING") // the old name of ACCEPT_ENCODING
	if !ok {
		t.Fatal("not found by its old name")
	}
	if err := e.Set(opt.RawString(m.ID, "gzip")); err != nil {
		t.Error(err)
	}
	m, _ = opt.ByName("WRITEDATA")
	var owned *OwnedError
	if err := e.Set(opt.RawLong(m.ID, 1)); !errors.As(err, &owned) || owned.Owner != "opt.WriteFunction" {
		t.Errorf("WRITEDATA: %v", err)
	}
	m, _ = opt.ByName("WRITEFUNCTION")
	if err := e.Set(opt.RawLong(m.ID, 1)); !errors.As(err, &owned) || owned.Owner != "opt.WriteFunction" {
		t.Errorf("WRITEFUNCTION: %v", err)
	}
	var class *ClassError
	if err := e.Set(opt.RawLong(opt.IDURL, 1)); !errors.As(err, &class) || class.Want != "string" || class.Got != "long" {
		t.Errorf("URL as a long: %v", err)
	}
	if err := e.Set(opt.RawLong(31_999, 1)); !errors.As(err, &class) || class.Want != "" {
		t.Errorf("a number that nobody knows: %v", err)
	}
}
