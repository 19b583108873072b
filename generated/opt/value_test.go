package opt_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// refused returns the error that an option made from a bad value carries.
func refused(t *testing.T, o opt.Option) *opt.ValueError {
	t.Helper()
	bad, ok := o.Spec().Any.(*opt.ValueError)
	if !ok {
		t.Fatalf("%v was accepted", o)
	}
	if bad.Option != o.ID() {
		t.Errorf("the error is about %v, the option is %v", bad.Option, o.ID())
	}
	if !strings.HasPrefix(bad.Error(), o.ID().String()+": ") {
		t.Errorf("the error does not start with the option: %v", bad)
	}
	return bad
}

func accepted(t *testing.T, o opt.Option, want int64) {
	t.Helper()
	spec := o.Spec()
	if spec.Any != nil {
		t.Fatalf("%v: %v", o, spec.Any)
	}
	if spec.Int != want {
		t.Errorf("%v: want %d", o, want)
	}
}

func TestDurationsRoundUp(t *testing.T) {
	for _, test := range []struct {
		option opt.Option
		want   int64
	}{
		{opt.Timeout(0), 0},
		{opt.Timeout(1), 1},
		{opt.Timeout(time.Millisecond), 1},
		{opt.Timeout(time.Millisecond + 1), 2},
		{opt.Timeout(10 * time.Second), 10_000},
		{opt.TimeoutSeconds(time.Millisecond), 1},
		{opt.TimeoutSeconds(2 * time.Second), 2},
		{opt.TimeoutSeconds(2*time.Second + 1), 3},
		{opt.DNSCacheTimeout(time.Minute), 60},
	} {
		accepted(t, test.option, test.want)
	}
}

func TestNegativeDurations(t *testing.T) {
	refused(t, opt.Timeout(-1))
	refused(t, opt.TimeoutSeconds(math.MinInt64))
	// -1 means "for ever" to these, however small the negative duration is.
	accepted(t, opt.DNSCacheTimeout(-1), -1)
	accepted(t, opt.DNSCacheTimeout(-time.Hour), -1)
}

func TestDurationsThatOverflow(t *testing.T) {
	const century = 100 * 365 * 24 * time.Hour
	refused(t, opt.LowSpeedTime(24*time.Hour)) // libcurl 8.21.0 takes 18h12m15s instead, and of this 1m5.535s
	refused(t, opt.Expect100Timeout(2*time.Minute))
	accepted(t, opt.Expect100Timeout(65535*time.Millisecond), 65535)
	bad := refused(t, opt.DNSCacheTimeout(century))
	if bad.Value != century.String() || !strings.Contains(bad.Reason, "2147483647") {
		t.Errorf("the error names neither value nor limit: %v", bad)
	}
}

func TestNumbersOutOfRange(t *testing.T) {
	accepted(t, opt.TFTPBlockSize(8), 8)
	accepted(t, opt.TFTPBlockSize(65464), 65464)
	for _, n := range []int{7, 65465, -1, math.MaxInt, math.MinInt} {
		if bad := refused(t, opt.TFTPBlockSize(n)); !strings.Contains(bad.Reason, "8 to 65464") {
			t.Errorf("the error does not say what is accepted: %v", bad)
		}
	}
	accepted(t, opt.InFileSize(-1), -1)
	accepted(t, opt.InFileSize(math.MaxInt64), math.MaxInt64)
	refused(t, opt.InFileSize(-2))
}

func TestPermissionsOnly(t *testing.T) {
	accepted(t, opt.NewFilePerms(0o640), 0o640)
	if bad := refused(t, opt.NewFilePerms(0o640|1<<31)); bad.Value != "drw-r-----" {
		t.Errorf("value %q", bad.Value)
	}
}

func TestTimes(t *testing.T) {
	at := time.Date(2024, 2, 29, 12, 0, 0, 999, time.FixedZone("", 3600))
	accepted(t, opt.TimeValue(at), at.Unix())
	accepted(t, opt.TimeValueLong(at), at.Unix())
	accepted(t, opt.TimeValue(time.Time{}), 0)
	if class := opt.TimeValue(at).Spec().Class; class != opt.ClassOff {
		t.Errorf("TIMEVALUE_LARGE has class %v", class)
	}
}

func TestSwitches(t *testing.T) {
	accepted(t, opt.Verbose(true), 1)
	accepted(t, opt.Verbose(false), 0)
	accepted(t, opt.SSLVerifyHost(true), 2) // 1 was a debugging aid once and is an error in some versions
	accepted(t, opt.SSLVerifyHost(false), 0)
	accepted(t, opt.FollowLocation(true), 1)
	accepted(t, opt.FollowLocationMode(opt.FollowFirstOnly), 3)
}

func TestNothingPutsTheDefaultBack(t *testing.T) {
	for _, o := range []opt.Option{
		opt.HTTPHeader(nil),
		opt.HTTPHeader([]string{}),
		opt.CAInfoBlob(nil),
		opt.PostFields(nil),
		opt.WriteFunction(nil),
		opt.RawList(opt.IDHTTPHeader, []string{}),
		opt.RawBlob(opt.IDCAInfoBlob, nil),
	} {
		if v := o.Spec().Any; v != nil {
			t.Errorf("%v carries %#v", o, v)
		}
	}
	if v := opt.PostFields([]byte{}).Spec().Any; v == nil {
		t.Error("an empty request body is not the same as none")
	}
}

func TestCallbacksKeepTheirType(t *testing.T) {
	called := false
	o := opt.WriteFunction(func([]byte) error { called = true; return nil })
	f, ok := o.Spec().Any.(opt.WriteFunc)
	if !ok {
		t.Fatalf("got a %T", o.Spec().Any)
	}
	if err := f(nil); err != nil || !called {
		t.Error("it is not the function given")
	}
	if _, ok := opt.HeaderFunction(func([]byte) error { return nil }).Spec().Any.(opt.HeaderFunc); !ok {
		t.Error("a function of the same signature lost its own type")
	}
}

func TestRawOptionsSaySo(t *testing.T) {
	const unknown = opt.ID(19999)
	for _, test := range []struct {
		option opt.Option
		class  opt.Class
	}{
		{opt.RawLong(unknown, 1), opt.ClassLong},
		{opt.RawOff(unknown, 1), opt.ClassOff},
		{opt.RawString(unknown, "x"), opt.ClassString},
		{opt.RawList(unknown, []string{"x"}), opt.ClassList},
		{opt.RawBlob(unknown, []byte("x")), opt.ClassBlob},
	} {
		spec := test.option.Spec()
		if !spec.Raw || spec.Class != test.class || spec.ID != unknown {
			t.Errorf("%+v", spec)
		}
	}
	if opt.Timeout(time.Second).Spec().Raw {
		t.Error("a typed option says that it is raw")
	}
}

func TestValueErrorIsFoundInAChain(t *testing.T) {
	var err error = refused(t, opt.Timeout(-1))
	wrapped := errors.Join(errors.New("set"), err)
	var bad *opt.ValueError
	if !errors.As(wrapped, &bad) || bad.Option != opt.IDTimeout {
		t.Errorf("errors.As found %v", bad)
	}
}
