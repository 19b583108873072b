//go:build !cgo

package capi

// Library is the C side of loading in a program without cgo: there is none.
type Library struct{}

// Cgo says that there is no C side; the other methods are never called.
func (Library) Cgo() bool { return false }

// Linked is never asked.
func (Library) Linked() bool { return false }

// Open is never called.
func (Library) Open(string) error { return nil }

// Close is never called.
func (Library) Close() {}

// Missing is never asked.
func (Library) Missing() []string { return nil }

// VersionText is never asked.
func (Library) VersionText() string { return "" }

// Path is never asked.
func (Library) Path() string { return "" }

// Init is never called.
func (Library) Init() int { return 0 }

// Has says that no function is there.
func Has(Func) bool { return false }
