package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/curl/internal/load"
)

// loader holds the process's libcurl. Whatever needs one calls loader.Ensure first.
var loader = load.New(library{})

// Load chooses the libcurl of this process, before anything else in this package is used, and loads it. It is
// optional: the first call that needs libcurl loads one.
//
// path is the file of a shared library, or a bare name that the dynamic linker knows how to find. An empty path means
// what the first use would do: take the library that the environment variable GOCURL_LIBRARY names, or else the first
// usable one of the places where this operating system keeps libcurl ("libcurl.so.4" on Linux, before the GnuTLS and
// NSS builds of Debian). A library that was named, by path or by the variable, is never replaced by another one.
// The variable is ignored in set-user-ID programs.
//
// One process uses one libcurl, for good. Loading the same one again is fine; another one is an *AlreadyLoadedError.
// All other failures are a *LoadError, except that a program built without cgo gets ErrNoCgo. A failure changes
// nothing and is not remembered. A program built with the tag gocurl_pkgconfig or gocurl_link uses the libcurl that it
// is linked with; naming another one is an *AlreadyLoadedError there.
//
// Options say more about what is wanted: ChooseTLS. Of several places, the first with a libcurl that suits is taken.
//
// Load may be called from any goroutine.
func Load(path string, options ...LoadOption) error {
	var wish tlsWish
	for _, o := range options {
		wish = o.tls
	}
	if len(wish) == 0 {
		return loader.Load(path)
	}
	chosen := false // with the loader's lock, and read after it
	err := loader.LoadIf(path, func() error {
		err := wish.choose(capi.Library{})
		chosen = err == nil
		return err
	})
	if err != nil || chosen {
		return err
	}
	return wish.satisfied(tlsLibraries)
}

// LoadOption is something that Load takes into account. ChooseTLS makes one.
type LoadOption struct{ tls tlsWish }

// LoadError says that no usable libcurl was found: its field Attempts lists every library that was tried, who named it
// and what was wrong with it. errors.As and errors.Is look into the attempts; errors.Is(err, ErrLoad) matches.
type LoadError = load.LoadError

// LoadAttempt is one library in a LoadError: its name in Library, who named it in Source ("curl.Load",
// "GOCURL_LIBRARY", "search list", "linked into the program"), and in Err why it was refused: *MissingSymbolsError,
// *TooOldError, or what the dynamic linker said.
type LoadAttempt = load.Attempt

// MissingSymbolsError is the reason of a LoadAttempt whose Library lacks functions that every supported libcurl has:
// Symbols names all of them. errors.Is(err, ErrMissingSymbols) matches.
type MissingSymbolsError = load.MissingSymbolsError

// TooOldError is the reason of a LoadAttempt whose Library is a libcurl older than 7.61.1: Running is its version,
// Need the oldest that is accepted. errors.Is(err, ErrTooOld) matches.
type TooOldError = load.TooOldError

// AlreadyLoadedError says that Source asked for the library Requested in a process that uses Loaded, or is linked with
// it if Linked is true. Source is "curl.Load", or in a linked program "GOCURL_LIBRARY". errors.Is(err,
// ErrAlreadyLoaded) matches.
type AlreadyLoadedError = load.AlreadyLoadedError

// Why no libcurl could be loaded, for errors.Is.
var (
	ErrLoad           = load.ErrLoad           // matches *LoadError
	ErrMissingSymbols = load.ErrMissingSymbols // matches *MissingSymbolsError
	ErrTooOld         = load.ErrTooOld         // matches *TooOldError
	ErrAlreadyLoaded  = load.ErrAlreadyLoaded  // matches *AlreadyLoadedError
	ErrNoCgo          = load.ErrNoCgo          // the program was built with CGO_ENABLED=0
)
