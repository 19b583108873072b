//go:build cgo

package capi

// #include "text.h"
import "C"

import "unsafe"

// Escape URL-encodes s; it reports false when libcurl cannot.
func Escape(s string) (string, bool) { return convert(s, true) }

// Unescape URL-decodes s; it reports false when libcurl cannot.
func Unescape(s string) (string, bool) { return convert(s, false) }

func convert(s string, escape bool) (string, bool) {
	if s == "" {
		return "", true // a length of 0 would make libcurl measure it
	}
	if len(s) > 1<<30 {
		return "", false // libcurl's length is an int, and the result up to three times as long
	}
	b := unsafe.Slice(unsafe.StringData(s), len(s))
	in := (*C.char)(unsafe.Pointer(&b[0]))
	var out *C.char
	n := C.int(-1)
	if escape {
		out = C.gocurl_escape(in, C.int(len(s)))
	} else {
		out = C.gocurl_unescape(in, C.int(len(s)), &n)
	}
	if out == nil {
		return "", false
	}
	defer C.gocurl_text_free(out)
	if escape {
		return C.GoString(out), true
	}
	return C.GoStringN(out, n), true
}

// ParseDate is curl_getdate: seconds since 1970, or -1.
func ParseDate(s string) int64 {
	c := C.CString(s)
	defer C.free(unsafe.Pointer(c))
	return int64(C.gocurl_getdate(c))
}
