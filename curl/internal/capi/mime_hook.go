package capi

import "unsafe"

// mimeRead is the runtime's side of the sources of forms: the key of the cell, the number of the source, its turn, and
// where the data goes. It answers like a read callback. Another turn than before says that libcurl reads from the start
// again.
var mimeRead func(key uintptr, number int, turn uint64, p unsafe.Pointer, n uintptr) uintptr

// RegisterMIME installs it. It is called once, while the runtime's package is initialised.
func RegisterMIME(f func(key uintptr, number int, turn uint64, p unsafe.Pointer, n uintptr) uintptr) {
	mimeRead = f
}
