package load

import (
	"errors"
	"slices"
	"testing"
)

// file is one library on the machine of a test.
type file struct {
	path    string // what Path answers
	version string // what curl_version answers
	missing []string
	init    int
}

// fake is a machine with libraries; its calls are recorded.
type fake struct {
	files   map[string]file
	nocgo   bool
	linked  *file
	current *file
	log     []string
}

func (f *fake) Cgo() bool    { return !f.nocgo }
func (f *fake) Linked() bool { return f.linked != nil }

func (f *fake) Open(name string) error {
	f.log = append(f.log, "open "+name)
	if f.linked != nil {
		f.current = f.linked
		return nil
	}
	found, ok := f.files[name]
	if !ok {
		return errors.New(name + ": cannot open shared object file")
	}
	f.current = &found
	return nil
}

func (f *fake) Close()              { f.log = append(f.log, "close"); f.current = nil }
func (f *fake) Missing() []string   { return f.current.missing }
func (f *fake) VersionText() string { return f.current.version }
func (f *fake) Path() string        { return f.current.path }

func (f *fake) Init() int {
	f.log = append(f.log, "init")
	return f.current.init
}

// loader is a Loader on that machine, under Linux, with the environment variable set to variable.
func (f *fake) loader(variable string) *Loader {
	l := New(f)
	l.goos = "linux"
	l.getenv = func(name string) string {
		if name == Variable {
			return variable
		}
		return ""
	}
	return l
}

func (f *fake) wantLog(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(f.log, want) {
		t.Errorf("calls: %q, want %q", f.log, want)
	}
}
