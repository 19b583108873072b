//go:build cgo

package capi

/*
#include "mime.h"
#include "cell.h"
*/
import "C"

import "unsafe"

// Form is the description of a MIME tree in C memory, for any number of cells. It is never changed. The zero Form is none.
type Form struct{ p *C.struct_gocurl_form }

// NewForm makes a form of what w has written. The zero Form means that there is no memory. The caller owns it, until Drop.
func NewForm(w *FormWriter) Form {
	return Form{C.gocurl_form_new(unsafe.Pointer(unsafe.SliceData(w.b)), C.size_t(len(w.b)))}
}

// Valid says whether there is a form.
func (f Form) Valid() bool { return f.p != nil }

// Drop gives up the caller's part in the form. Cells that use it keep it.
func (f Form) Drop() { C.gocurl_form_drop(f.p) }

// SetMIME sends a tree built from the form, or with the zero Form none any more. code is a CURLcode, part the number of the
// part that it is about, in the order they were written; -1: none.
func (c Cell) SetMIME(f Form) (code, part int) {
	r := int64(C.gocurl_mime_set(c.p, f.p))
	return int(r >> 32), int(int32(r))
}

//export gocurlGoMIMERead
func gocurlGoMIMERead(key C.uintptr_t, number C.int, turn C.uint64_t, p unsafe.Pointer, n C.size_t) C.size_t {
	return C.size_t(mimeRead(uintptr(key), int(number), uint64(turn), p, uintptr(n)))
}
