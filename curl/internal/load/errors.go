package load

import (
	"errors"
	"fmt"
	"strings"
)

// Sentinels for errors.Is; each matches the type of the same name.
var (
	ErrLoad           = errors.New("no usable libcurl")
	ErrMissingSymbols = errors.New("the library lacks functions of libcurl")
	ErrTooOld         = errors.New("libcurl is too old")
	ErrAlreadyLoaded  = errors.New("another libcurl is already loaded")
)

// ErrNoCgo is the error of every load in a program without cgo, which Go leaves out by itself when it compiles for another
// system or finds no C compiler.
var ErrNoCgo = errors.New("this program was built without cgo, which libcurl needs: " +
	"build it with CGO_ENABLED=1 and a C compiler (Go leaves cgo out by itself for another system, or without a compiler)")

// LoadError says that no candidate was usable, and why.
type LoadError struct {
	Attempts []Attempt // in the order they were tried
}

// Attempt is one candidate that was refused.
type Attempt struct {
	Library string // the name given to the dynamic linker
	Source  string // who named it: "curl.Load", "GOCURL_LIBRARY", "search list", "linked into the program"
	Err     error  // *MissingSymbolsError, *TooOldError, or the dynamic linker's complaint
}

func (e *LoadError) Error() string {
	var b strings.Builder
	b.WriteString("no usable libcurl: ")
	for _, a := range e.Attempts {
		if text := a.Err.Error(); strings.Contains(text, a.Library) {
			b.WriteString(text + "; ")
		} else {
			b.WriteString(a.Library + ": " + text + "; ")
		}
	}
	b.WriteString(e.advice())
	return b.String()
}

// advice is what the user can do about it.
func (e *LoadError) advice() string {
	source := SourceSearch
	if len(e.Attempts) > 0 {
		source = e.Attempts[0].Source
	}
	switch source {
	case SourceCall:
		return fmt.Sprintf("give curl.Load the file of a libcurl %v or newer", Floor)
	case SourceVariable:
		return fmt.Sprintf("the environment variable %s named it: set it to the file of a libcurl %v or newer, or unset it",
			Variable, Floor)
	case SourceLinked:
		return fmt.Sprintf("link the program with libcurl %v or newer", Floor)
	default:
		return fmt.Sprintf("install libcurl %v or newer (package libcurl4 on Debian and Ubuntu, libcurl on Fedora, Alpine "+
			"and others, curl on macOS and Arch), or name its file in %s or with curl.Load", Floor, Variable)
	}
}

// Unwrap gives errors.Is and errors.As each attempt's error.
func (e *LoadError) Unwrap() []error {
	causes := make([]error, len(e.Attempts))
	for i, a := range e.Attempts {
		causes[i] = a.Err
	}
	return causes
}

// Is matches ErrLoad.
func (e *LoadError) Is(target error) bool { return target == ErrLoad }

// MissingSymbolsError says that a library lacks functions that every accepted libcurl has.
type MissingSymbolsError struct {
	Library string
	Symbols []string // all of them, sorted
}

func (e *MissingSymbolsError) Error() string {
	const shown = 6
	names, rest := e.Symbols, ""
	if len(names) > shown {
		rest = fmt.Sprintf(" and %d more", len(names)-shown)
		names = names[:shown]
	}
	return fmt.Sprintf("%s is not a complete libcurl, it lacks %s%s", e.Library, strings.Join(names, ", "), rest)
}

// Is matches ErrMissingSymbols.
func (e *MissingSymbolsError) Is(target error) bool { return target == ErrMissingSymbols }

// TooOldError says that a libcurl is older than what is supported.
type TooOldError struct {
	Library string
	Need    string // "7.61.1"
	Running string // "7.29.0"
}

func (e *TooOldError) Error() string {
	return fmt.Sprintf("%s is libcurl %s, need %s or newer", e.Library, e.Running, e.Need)
}

// Is matches ErrTooOld.
func (e *TooOldError) Is(target error) bool { return target == ErrTooOld }

// AlreadyLoadedError says that the process uses another libcurl than the one asked for, and cannot change any more.
type AlreadyLoadedError struct {
	Loaded    string // the file in use
	Linked    bool   // the program is linked with it
	Requested string
	Source    string // who asked: "curl.Load", or in a linked program "GOCURL_LIBRARY"
}

func (e *AlreadyLoadedError) Error() string {
	if e.Linked {
		return fmt.Sprintf("%s asks for %s, but this program is linked with %s: do without, or build it without the tags "+
			"gocurl_pkgconfig and gocurl_link", e.Source, e.Requested, e.Loaded)
	}
	return fmt.Sprintf("%s asks for %s, but this process uses %s and can use only one libcurl: call curl.Load with one "+
		"path only, and before anything else of its package", e.Source, e.Requested, e.Loaded)
}

// Is matches ErrAlreadyLoaded.
func (e *AlreadyLoadedError) Is(target error) bool { return target == ErrAlreadyLoaded }
