package load

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
)

// Loader loads the process's one libcurl when it is first needed. All methods may be called from any goroutine.
type Loader struct {
	lib    Library
	goos   string
	getenv func(string) string

	mu   sync.Mutex
	used atomic.Pointer[choice] // nil until a library is loaded and initialised, then constant
}

// choice is the library in use.
type choice struct {
	name string // as it was given to the dynamic linker
	path string // its file, absolute; the name where the system cannot tell

	linked bool
}

// candidate is a library to try.
type candidate struct{ name, source string }

// named is the candidate that somebody named. A relative path means a file of today's working directory, also when
// it is compared with another one after the directory changed; a bare name is the dynamic linker's to find.
func named(name, source string) candidate {
	if name != "" && filepath.Base(name) != name {
		if abs, err := filepath.Abs(name); err == nil {
			name = abs
		}
	}
	return candidate{name, source}
}

// New returns a Loader that has loaded nothing.
func New(lib Library) *Loader {
	return &Loader{lib: lib, goos: runtime.GOOS, getenv: getenv}
}

// Ensure loads libcurl unless it is loaded: the library that the environment variable names, else the first usable
// one of the search list. A failure is not remembered; the next call tries again.
func (l *Loader) Ensure() error {
	if l.used.Load() != nil {
		return nil
	}
	return l.Load("")
}

// Load loads the named library, or does what Ensure does if name is empty. When a library is loaded already, it
// reports whether that is the named one.
func (l *Loader) Load(name string) error { return l.LoadIf(name, nil) }

// LoadIf is Load of a library that also suits. suits, unless nil, is called with the lock of the Loader when a library
// is open and not initialised yet; its error refuses that library, as a reason in the LoadError. Of one that is in use
// already it is not asked.
func (l *Loader) LoadIf(name string, suits func() error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	wanted := named(name, SourceCall)
	if used := l.used.Load(); used != nil {
		return used.accept(wanted)
	}
	if wanted.name == "" {
		wanted = named(l.getenv(Variable), SourceVariable)
	}
	switch {
	case !l.lib.Cgo():
		return ErrNoCgo
	case l.lib.Linked():
		return l.useLinked(wanted, suits)
	case wanted.name != "":
		return l.useFirst([]candidate{wanted}, suits)
	}
	var list []candidate
	for _, name := range searchList(l.goos) {
		list = append(list, candidate{name, SourceSearch})
	}
	return l.useFirst(list, suits)
}

// Path returns the file of the library in use, "" before one is loaded.
func (l *Loader) Path() string {
	if used := l.used.Load(); used != nil {
		return used.path
	}
	return ""
}

// useFirst takes the first usable candidate.
func (l *Loader) useFirst(list []candidate, suits func() error) error {
	var refused []Attempt
	for _, c := range list {
		err := l.open(c, suits)
		if err == nil {
			err = l.commit(c)
		}
		if err == nil {
			return nil
		}
		refused = append(refused, Attempt{Library: c.name, Source: c.source, Err: err})
	}
	return &LoadError{Attempts: refused}
}

// useLinked takes the libcurl that the program is linked with, which must be the wanted one if one is named: a
// program that silently ran on another library than the one asked for would be a trap.
func (l *Loader) useLinked(wanted candidate, suits func() error) error {
	own := candidate{"the linked libcurl", SourceLinked}
	err := l.open(own, suits)
	if err == nil {
		if err := l.choice(own).accept(wanted); err != nil {
			return err
		}
		err = l.commit(own)
	}
	if err != nil {
		return &LoadError{Attempts: []Attempt{{Library: own.name, Source: own.source, Err: err}}}
	}
	return nil
}

// open makes the candidate the current library if it is a libcurl that we can use.
func (l *Loader) open(c candidate, suits func() error) error {
	if strings.ContainsRune(c.name, 0) {
		return fmt.Errorf("the name %q contains a NUL byte", c.name)
	}
	if err := l.lib.Open(c.name); err != nil {
		return err
	}
	err := l.check(c)
	if err == nil && suits != nil {
		err = suits()
	}
	if err != nil {
		// Nothing of it was initialised, so it may go; kept, its dependencies would shadow those of the next one.
		l.lib.Close()
		return err
	}
	return nil
}

// check judges the current library. The version goes first: it explains missing functions best.
func (l *Loader) check(c candidate) error {
	text := l.lib.VersionText()
	version, known := parseVersion(text)
	if known && version < Floor {
		return &TooOldError{Library: c.name, Need: Floor.String(), Running: version.String()}
	}
	if missing := l.lib.Missing(); len(missing) > 0 {
		return &MissingSymbolsError{Library: c.name, Symbols: missing}
	}
	if !known {
		return fmt.Errorf("%s calls itself %q, which is no version of libcurl", c.name, text)
	}
	return nil
}

// commit initialises the current library, after which it can never be given back: libcurl and its TLS library leave
// exit handlers and thread-local destructors behind that point into their code.
func (l *Loader) commit(c candidate) error {
	if code := l.lib.Init(); code != 0 {
		return fmt.Errorf("%s: curl_global_init failed with CURLcode %d", c.name, code)
	}
	l.used.Store(l.choice(c))
	return nil
}

// choice describes the current library.
func (l *Loader) choice(c candidate) *choice {
	used := &choice{name: c.name, path: c.name, linked: l.lib.Linked()}
	if file := l.lib.Path(); file != "" {
		used.path = file
		if abs, err := filepath.Abs(file); err == nil {
			used.path = abs
		}
	}
	return used
}

// accept reports whether the wanted library is the one in use.
func (u *choice) accept(wanted candidate) error {
	if wanted.name == "" || wanted.name == u.name || wanted.name == u.path {
		return nil
	}
	have, err1 := os.Stat(u.path)
	want, err2 := os.Stat(wanted.name)
	if errors.Join(err1, err2) == nil && os.SameFile(have, want) {
		return nil
	}
	return &AlreadyLoadedError{Loaded: u.path, Linked: u.linked, Requested: wanted.name, Source: wanted.source}
}
