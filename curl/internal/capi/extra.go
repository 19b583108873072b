//go:build cgo

package capi

// #include "extra.h"
import "C"

import "unsafe"

// ExtraFunction finds a function that is in libcurl's own file; 0: there is none.
func ExtraFunction(name string) uintptr {
	s := C.CString(name)
	defer C.free(unsafe.Pointer(s))
	return uintptr(C.gocurl_extra_function(s))
}

// CallExtra calls it with the handle in front. An argument is a string, which lasts as long as the call, or a number.
func (c Cell) CallExtra(function uintptr, args []ExtraArg) int {
	a := (*[MaxExtraArgs]C.intptr_t)(C.calloc(MaxExtraArgs, C.sizeof_intptr_t))
	defer C.free(unsafe.Pointer(a))
	for i, arg := range args {
		a[i] = C.intptr_t(arg.Number)
		if arg.IsText {
			s := C.CString(arg.Text)
			defer C.free(unsafe.Pointer(s))
			a[i] = C.intptr_t(uintptr(unsafe.Pointer(s)))
		}
	}
	return int(C.gocurl_extra_call(c.p, C.uintptr_t(function), &a[0]).n)
}

// OptionNamed is the number that the running libcurl's own option table (7.73.0) gives a name, 0 if it has none.
func OptionNamed(name string) int32 {
	s := C.CString(name)
	defer C.free(unsafe.Pointer(s))
	return int32(C.gocurl_option_named(s))
}
