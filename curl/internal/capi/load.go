//go:build cgo

package capi

// #include "load.h"
import "C"

import (
	"errors"
	"unsafe"
)

// Library is the C side of loading libcurl, as the package load wants it: see load.Library for what each method does.
type Library struct{}

// Cgo says that there is a C side.
func (Library) Cgo() bool { return true }

// Linked says whether the program was built with one of the tags gocurl_pkgconfig and gocurl_link.
func (Library) Linked() bool { return linked }

// Open fills the function table from the named library.
func (Library) Open(name string) error {
	file := C.CString(name)
	defer C.free(unsafe.Pointer(file))
	var why [1024]C.char
	if C.gocurl_load_open(file, &why[0], C.size_t(len(why))) != 0 {
		return errors.New(C.GoString(&why[0]))
	}
	return nil
}

// Close empties the function table.
func (Library) Close() { C.gocurl_load_close() }

// Missing names the required functions that are not in the table.
func (Library) Missing() []string {
	var names []string
	for i, f := range functions {
		if f.required && !Has(Func(i)) {
			names = append(names, f.name)
		}
	}
	return names
}

// VersionText is what curl_version returns.
func (Library) VersionText() string { return C.GoString(C.gocurl_load_version()) }

// Path is the file of the library.
func (Library) Path() string {
	var path [4096]C.char
	C.gocurl_load_path(&path[0], C.size_t(len(path)))
	return C.GoString(&path[0])
}

// Init calls curl_global_init and reads what curl_version_info says.
func (Library) Init() int {
	code := int(C.gocurl_load_init())
	if code == 0 {
		running = readVersion(C.gocurl_load_version_info())
	}
	return code
}

// Has says whether the loaded libcurl has the function. It must not be asked before a library is loaded.
func Has(f Func) bool {
	return (*[len(functions)]unsafe.Pointer)(unsafe.Pointer(&C.gocurl_fn))[f] != nil
}
