package load

// Library is the C side of loading. It holds at most one library at a time. The Loader serialises all calls.
type Library interface {
	// Cgo says whether there is a C side at all; without it nothing below is called.
	Cgo() bool
	// Linked says that libcurl is part of the program: Open takes that one, whatever name it is given.
	Linked() bool
	// Open makes the named library the current one. Its error is the dynamic linker's.
	Open(name string) error
	// Close drops the current library. It is called only before Init.
	Close()
	// Missing names the required functions that the current library lacks.
	Missing() []string
	// VersionText is what curl_version of the current library returns, "" if it has no such function.
	VersionText() string
	// Path is the file of the current library, "" if the system cannot tell.
	Path() string
	// Init initialises the current library for the rest of the process's life and returns its CURLcode, 0 if it
	// did well.
	Init() int
}
