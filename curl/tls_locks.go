package curl

import (
	"fmt"
	"slices"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/info"
)

// TLSThreads is what a TLS library does about being used by several threads.
type TLSThreads string

const (
	TLSLocksItself    TLSThreads = "locks by itself"
	TLSNeedsLocks     TLSThreads = "needs locks from the program"      // OpenSSL before 1.1.0, GnuTLS on a libgcrypt before 1.6
	TLSWithoutThreads TLSThreads = "built without support for threads" // mbedTLS, wolfSSL
	TLSThreadsUnknown TLSThreads = "does not say whether it supports threads"
)

// TLSLocks is what was done about it when libcurl was loaded.
type TLSLocks string

const (
	TLSLocksNone   TLSLocks = "none"            // nothing was needed
	TLSLocksOurs   TLSLocks = "installed"       // the functions that it wanted
	TLSLocksTheirs TLSLocks = "somebody else's" // it had such functions already

	// TLSLocksAround is one lock around every step of every transfer, let go in callbacks and while a transfer waits:
	// transfers proceed in turns. A name resolver that blocks libcurl (no FeatureAsynchDNS) holds up all of them.
	TLSLocksAround TLSLocks = "one transfer at a time"
)

// tlsAsker asks TLS libraries, and gives them what they need.
type tlsAsker interface {
	TLSOpenSSL() capi.TLSFound
	TLSGcrypt() capi.TLSFound
	TLSMbedTLS() capi.TLSFound
	TLSWolfSSL() capi.TLSFound
}

// ask has the library get the locks that it needs, if any. What is known to lock by itself is not touched.
func (l *TLSLibrary) ask(from tlsAsker) {
	l.Threads, l.Locks = TLSLocksItself, TLSLocksNone
	switch l.Name {
	case TLSOpenSSL:
		if !opensslBefore110(l.Version) {
			return
		}
		l.answered(from.TLSOpenSSL(), TLSNeedsLocks)
	case TLSGnuTLS:
		f := from.TLSGcrypt()
		l.answered(f, TLSNeedsLocks)
		if l.Threads != TLSLocksItself {
			l.Note = "libgcrypt " + f.Text
		}
	case TLSMbedTLS:
		l.answered(from.TLSMbedTLS(), TLSWithoutThreads)
	case TLSWolfSSL:
		f := from.TLSWolfSSL()
		l.answered(f, TLSWithoutThreads)
		if l.Threads == TLSThreadsUnknown {
			l.Locks = TLSLocksNone // threads are its default, and hardly any build is without
		}
		if f.Layer {
			l.Note = "with its OpenSSL-compatible layer"
		}
	}
}

// answered notes what was found. bad is what it means when the library does not lock by itself.
func (l *TLSLibrary) answered(f capi.TLSFound, bad TLSThreads) {
	l.Asked = f.File
	switch f.Answer {
	case capi.TLSSafe:
		l.Threads, l.Locks = TLSLocksItself, TLSLocksNone
	case capi.TLSInstalled:
		l.Threads, l.Locks = bad, TLSLocksOurs
	case capi.TLSTheirs:
		l.Threads, l.Locks = bad, TLSLocksTheirs
	case capi.TLSUnsafe:
		l.Threads, l.Locks = bad, TLSLocksAround
	default:
		l.Threads, l.Locks = TLSThreadsUnknown, TLSLocksAround
	}
}

// opensslBefore110 reads OpenSSL's version: "1.0.2u", "0.9.8zh", "3.0.22". One that it cannot read is a new one.
func opensslBefore110(version string) bool {
	var major, minor int
	if n, _ := fmt.Sscanf(version, "%d.%d", &major, &minor); n < 2 {
		return false
	}
	return major == 0 || major == 1 && minor == 0
}

// tlsLibraries are those of the libcurl in use, the one in use first. Written once, while it is loaded.
var tlsLibraries []TLSLibrary

// library is libcurl as the loader wants it, with what its TLS library needs.
type library struct{ capi.Library }

// Init puts locks in place before libcurl first uses its TLS library, which it does when it is initialised.
func (l library) Init() int {
	before := parseTLSIn(l.VersionText())
	for i := range before {
		before[i].ask(l)
	}
	if code := l.Library.Init(); code != 0 {
		return code
	}
	libs := parseTLS(capi.Running().SSL)
	for i := range libs {
		libs[i].learn(before)
	}
	if featuresOf(capi.Running().Features, nil).Has(FeatureMultiSSL) {
		libs = inUseFirst(libs, l.TLSActive(), l.TLSList())
	}
	if len(libs) > 0 && libs[0].Locks == TLSLocksAround {
		l.OneAtATime()
	}
	if lookupsUnbounded() {
		l.CountLookups()
	}
	tlsLibraries = libs
	l.findCAs()
	return 0
}

// learn takes over what was found out about the library before libcurl was initialised.
func (l *TLSLibrary) learn(from []TLSLibrary) {
	l.Threads, l.Locks = TLSLocksItself, TLSLocksNone
	for _, b := range from {
		if b.Name == l.Name {
			l.Threads, l.Locks, l.Asked, l.Note = b.Threads, b.Locks, b.Asked, b.Note
		}
	}
}

// inUseFirst orders the libraries, and adds those that libcurl has in its list but, for lack of space, not in its text.
// The text of some 7.x releases is made once, and before the choice.
func inUseFirst(libs []TLSLibrary, active int, list []capi.TLSBackend) []TLSLibrary {
	for _, b := range list {
		known := slices.ContainsFunc(libs, func(l TLSLibrary) bool { return int(l.Backend) == b.ID })
		if !known {
			libs = append(libs, TLSLibrary{Name: tlsName(b), Backend: info.TLSBackend(b.ID), Threads: TLSThreadsUnknown, Locks: TLSLocksNone})
		}
	}
	for i, lib := range libs {
		if int(lib.Backend) == active {
			copy(libs[1:i+1], libs[:i])
			libs[0] = lib
		}
	}
	return libs
}

// tlsName is our name for a library that libcurl lists: "rustls" is "rustls-ffi" in its text.
func tlsName(b capi.TLSBackend) string {
	for name, backend := range tlsBackends {
		if int(backend) == b.ID && backend != info.TLSOpenSSL {
			return name
		}
	}
	return b.Name
}
