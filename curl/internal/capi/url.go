//go:build cgo

package capi

/*
#include "url.h"
#include "text.h"
*/
import "C"

import "unsafe"

// URL is one of libcurl's parsed URLs. The zero URL is none. Its owner uses it under a lock of its own and ends it with
// Free; cells have copies.
type URL struct{ p *C.CURLU }

// NewURL makes an empty one, the zero URL without memory. The function has to be there: FuncURL.
func NewURL() URL { return URL{C.gocurl_url_new()} }

// Valid says whether there is one.
func (u URL) Valid() bool { return u.p != nil }

// Clone copies it; the zero URL without memory.
func (u URL) Clone() URL { return URL{C.gocurl_url_dup(u.p)} }

// Free ends it.
func (u URL) Free() { C.gocurl_url_free(u.p) }

// Set sets a part, a CURLUPart, to a text without NUL bytes. code is a CURLUcode.
func (u URL) Set(part int, text string, flags uint) (code int) {
	c := C.CString(text)
	defer C.free(unsafe.Pointer(c))
	return int(C.gocurl_url_set(u.p, C.int(part), c, C.uint(flags)))
}

// Unset takes a part away.
func (u URL) Unset(part int) (code int) { return int(C.gocurl_url_set(u.p, C.int(part), nil, 0)) }

// Get copies a part.
func (u URL) Get(part int, flags uint) (text string, code int) {
	v := C.gocurl_url_get(u.p, C.int(part), C.uint(flags))
	if v.p != nil {
		text = C.GoString((*C.char)(v.p))
		C.gocurl_text_free((*C.char)(v.p))
	}
	return text, int(v.code)
}

// SetURL has the cell's next transfer go to a copy of u, or nowhere with the zero URL. It puts CURLOPT_URL out of use. code
// is a CURLcode.
func (c Cell) SetURL(u URL) (code int) { return int(C.gocurl_cell_url(c.p, u.p)) }
