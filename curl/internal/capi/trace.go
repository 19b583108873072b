//go:build cgo

package capi

// #include "text.h"
import "C"

import "unsafe"

// GlobalTrace is curl_global_trace: code is a CURLcode. No other thread is inside libcurl, and config holds no NUL.
func GlobalTrace(config string) (code int) {
	c := C.CString(config)
	defer C.free(unsafe.Pointer(c))
	return int(C.gocurl_global_trace(c))
}
