//go:build cgo

package capi

// #include "cas.h"
import "C"

// DefaultCAs gives every handle from now on a file and a folder with certificates, "" being none, or the content of a
// file. The Library's loader calls it once.
func (Library) DefaultCAs(file, folder string, pem []byte) {
	var f, d, p *C.char
	if file != "" {
		f = C.CString(file)
	}
	if folder != "" {
		d = C.CString(folder)
	}
	if len(pem) > 0 {
		p = (*C.char)(C.CBytes(pem))
	}
	C.gocurl_cas_default(f, d, p, C.size_t(len(pem)))
}
