package curl

//lint:file-ignore SA1019 deprecated options have to work as well

import (
	"errors"
	"slices"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// sampleFunctions has a function for each callback option.
var sampleFunctions = []opt.Option{
	opt.ChunkBeginFunction(func(*opt.FileInfo, int) (bool, error) { return false, nil }),
	opt.ChunkEndFunction(func() error { return nil }),
	opt.CloseSocketFunction(func(uintptr) error { return nil }),
	opt.DebugFunction(func(opt.DebugKind, []byte) {}),
	opt.FNMatchFunction(func(string, string) (bool, error) { return true, nil }),
	opt.HeaderFunction(func([]byte) error { return nil }),
	opt.HSTSReadFunction(func() (opt.HSTSEntry, bool, error) { return opt.HSTSEntry{}, false, nil }),
	opt.HSTSWriteFunction(func(opt.HSTSEntry, int, int) error { return nil }),
	opt.InterleaveFunction(func([]byte) error { return nil }),
	opt.IoctlFunction(func(opt.IOCommand) error { return nil }),
	opt.OpenSocketFunction(func(opt.SocketPurpose, *opt.SocketAddress) (uintptr, error) { return 0, nil }),
	opt.PrereqFunction(func(opt.PrereqInfo) error { return nil }),
	opt.ProgressFunction(func(float64, float64, float64, float64) error { return nil }),
	opt.ReadFunction(func([]byte) (int, error) { return 0, nil }),
	opt.ResolverStartFunction(func() error { return nil }),
	opt.SeekFunction(func(int64, int) error { return nil }),
	opt.SockOptFunction(func(uintptr, opt.SocketPurpose) (bool, error) { return false, nil }),
	opt.SSHHostKeyFunction(func(opt.SSHKeyType, []byte) error { return nil }),
	opt.SSHKeyFunction(func(opt.SSHKey, opt.SSHKey, opt.SSHKeyMatch) (opt.SSHKeyAction, error) { return 0, nil }),
	opt.SSLContextFunction(func(opt.SSLContext) error { return nil }),
	opt.TrailerFunction(func() ([]string, error) { return nil, nil }),
	opt.WriteFunction(func([]byte) error { return nil }),
	opt.XferInfoFunction(func(opt.Progress) error { return nil }),
}

// samples are values for an option, the likeliest to be accepted first. Each of them differs from the default, or one
// of them does.
func samples(t *testing.T, m opt.Meta) (list []opt.Option) {
	t.Helper()
	switch m.Class {
	case opt.ClassLong:
		for _, n := range []int64{1, 0, 2, 3, 8, 512, 20000, 1 << 20} {
			list = append(list, opt.RawLong(m.ID, n))
		}
	case opt.ClassOff:
		list = append(list, opt.RawOff(m.ID, 1), opt.RawOff(m.ID, 1<<40), opt.RawOff(m.ID, 0))
	case opt.ClassString:
		for _, s := range []string{"http", "", "1.2.3.4", "https://h.example/", "P-256", "a:b", "all", "provider"} {
			list = append(list, opt.RawString(m.ID, s))
		}
	case opt.ClassList:
		list = append(list, opt.RawList(m.ID, []string{"a: b", "h.example:80:127.0.0.1"}), opt.RawList(m.ID, []string{""}))
	case opt.ClassBlob:
		list = append(list, opt.RawBlob(m.ID, []byte("blob")))
	case opt.ClassBytes:
		make := map[opt.ID]func([]byte) opt.Option{opt.IDPostFields: opt.PostFields, opt.IDCopyPostFields: opt.CopyPostFields}[m.ID]
		list = append(list, make([]byte("a=b\x00c")), make([]byte{}))
	case opt.ClassFunction:
		i := slices.IndexFunc(sampleFunctions, func(o opt.Option) bool { return o.ID() == m.ID })
		if i < 0 {
			t.Fatalf("%s has no sample function", m.Name)
		}
		list = append(list, sampleFunctions[i])
	default:
		t.Fatalf("%s is of class %s and nobody owns it", m.Name, m.Class)
	}
	return list
}

// settable walks the options that are the user's to set and that the running libcurl has.
func settable(t *testing.T, f func(m opt.Meta)) {
	t.Helper()
	loadedHere(t)
	n := 0
	for m := range opt.All() {
		if m.Owner == "" && !ruleOf(m.ID).missing {
			n++
			f(m)
		}
	}
	if n < 200 {
		t.Errorf("only %d options were looked at", n)
	}
}

// notBuiltIn says that the running libcurl knows the option and was built without what it is for.
func notBuiltIn(err error) bool {
	return errors.Is(err, codes.NotBuiltIn) || errors.Is(err, codes.UnknownOption)
}

// loadedHere loads the library of this run, in this process.
func loadedHere(t *testing.T) {
	t.Helper()
	if err := loader.Ensure(); err != nil {
		t.Skip("no libcurl to test with: ", err)
	}
	loadRules()
}

// fresh is a handle that is closed when the test ends.
func fresh(t *testing.T, options ...opt.Option) *Easy {
	t.Helper()
	loadedHere(t)
	e, err := New(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}
