package curl

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// extremes are values at and beyond the borders of what an option takes. libcurl refuses strings and blobs of more
// than 8 million bytes.
func extremes(t *testing.T, m opt.Meta) (list []opt.Option) {
	t.Helper()
	switch m.Class {
	case opt.ClassLong:
		for _, n := range []int64{math.MinInt64, math.MinInt32, -2, -1, 4, 255, 65535, 65536, math.MaxInt32, math.MaxUint32, math.MaxInt64} {
			list = append(list, opt.RawLong(m.ID, n))
		}
	case opt.ClassOff:
		for _, n := range []int64{math.MinInt64, -2, -1, math.MaxInt32, math.MaxUint32, math.MaxInt64} {
			list = append(list, opt.RawOff(m.ID, n))
		}
	case opt.ClassString:
		for _, s := range []string{":", "%", "\xff\xfe\n", strings.Repeat("a", 767), strings.Repeat("a", 768), huge} {
			list = append(list, opt.RawString(m.ID, s))
		}
	case opt.ClassList:
		list = append(list, opt.RawList(m.ID, []string{}), opt.RawList(m.ID, slices.Repeat([]string{"x"}, 20_000)),
			opt.RawList(m.ID, []string{huge, ""}))
	case opt.ClassBlob:
		list = append(list, opt.RawBlob(m.ID, nil), opt.RawBlob(m.ID, []byte{}), opt.RawBlob(m.ID, []byte(huge)))
	}
	return append(list, samples(t, m)...)
}

var huge = strings.Repeat("h", 8_000_001)

// refusals are what libcurl may say to an option that it has.
var refusals = []error{
	codes.BadFunctionArgument, codes.UnknownOption, codes.NotBuiltIn, codes.UnsupportedProtocol, codes.TooLarge,
	codes.SSLEngineNotFound, codes.SSLEngineSetFailed, codes.SSLEngineInitFailed,
}

func TestEveryOptionTakesOrRefusesEveryValue(t *testing.T) {
	t.Chdir(t.TempDir()) // cookie jars and the like are written when a handle ends
	settable(t, func(m opt.Meta) {
		e := fresh(t)
		for _, o := range extremes(t, m) {
			for range 2 {
				err := e.Set(o)
				if err == nil {
					continue
				}
				var refused *OptionError
				var value *opt.ValueError
				var lacks *UnsupportedError
				if !errors.As(err, &refused) || refused.Option != m.ID || refused.Index != 0 {
					t.Fatalf("%v: %v", o, err)
				}
				beforehand := errors.As(err, &value) || errors.As(err, &lacks) // as for a TLS library that has no context
				allowed := slices.ContainsFunc(refusals, func(code error) bool { return errors.Is(err, code) })
				if refused.Applied == beforehand || !beforehand && !allowed {
					t.Errorf("%v: %v", o, err)
				}
				break
			}
		}
		if m.Unset.Kind != opt.UnsetNever {
			for range 2 {
				if err := e.Unset(m.ID); err != nil && !notBuiltIn(err) {
					t.Errorf("unset %s: %v", m.Name, err)
				}
			}
		}
		e.Close()
	})
}

func TestOwnedOptionsAreRefused(t *testing.T) {
	e := fresh(t)
	n := 0
	for m := range opt.All() {
		if m.Owner == "" {
			continue
		}
		n++
		for _, o := range []opt.Option{
			opt.RawLong(m.ID, 0), opt.RawOff(m.ID, 0), opt.RawString(m.ID, ""), opt.RawList(m.ID, nil), opt.RawBlob(m.ID, nil),
		} {
			var owned *OwnedError
			if err := e.Set(o); !errors.As(err, &owned) || owned.Owner != m.Owner || !strings.Contains(err.Error(), m.Owner) {
				t.Errorf("%v: %v", o, err)
			}
		}
		objects := m.ID == opt.IDCURLU || m.ID == opt.IDMIMEPost // have setters of their own, and can be taken away
		var owned *OwnedError
		if err := e.Unset(m.ID); errors.As(err, &owned) == objects {
			t.Errorf("unset of %s: %v", m.Name, err)
		}
	}
	if n < 25 {
		t.Errorf("only %d options have an owner", n)
	}
	for _, on := range []int64{0, 1} { // never off, and nobody needs to switch it on
		if err := e.Set(opt.RawLong(opt.IDNoSignal, on)); err == nil {
			t.Error("NOSIGNAL was set")
		}
	}
}

func TestOptionsThatTheRunningLibcurlLacks(t *testing.T) {
	loadedHere(t)
	e := fresh(t)
	for m := range opt.All() {
		if m.Owner != "" || !ruleOf(m.ID).missing {
			continue
		}
		if m.Since <= capi.VersionNum() {
			t.Errorf("%s is said to be missing", m.Name)
		}
		before := e.h.proxy
		err := e.Set(opt.URL("ftp://changed.example/"), samples(t, m)[0])
		var lacks *UnsupportedError
		var refused *OptionError
		if !errors.As(err, &lacks) || !errors.Is(err, ErrUnsupported) || lacks.What != m.Name || lacks.Need == "" ||
			lacks.Running == "" || !errors.As(err, &refused) || refused.Index != 1 || refused.Applied {
			t.Errorf("%s: %v", m.Name, err)
		}
		if e.h.proxy != before {
			t.Errorf("%s: the option before it was applied", m.Name)
		}
		if err := e.Unset(m.ID); !errors.Is(err, ErrUnsupported) {
			t.Errorf("unset of %s: %v", m.Name, err)
		}
	}
}
