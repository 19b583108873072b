//go:build cgo

package capi

// #include "info.h"
import "C"

import (
	"iter"
	"unsafe"
)

// Options ranges over the running libcurl's own option table. The function has to be there: FuncEasyOptionNext.
func Options() iter.Seq[Option] {
	return func(yield func(Option) bool) {
		for o := C.gocurl_option_next(nil); o != nil; o = C.gocurl_option_next(o) {
			if !yield(optionOf(o)) {
				return
			}
		}
	}
}

// OptionByName finds a row by its name without CURLOPT_, in any case of letters.
func OptionByName(name string) (Option, bool) {
	c := C.CString(name)
	defer C.free(unsafe.Pointer(c))
	o := C.gocurl_option_by_name(c)
	if o == nil {
		return Option{}, false
	}
	return optionOf(o), true
}

// OptionByID finds a row by its number.
func OptionByID(id int32) (Option, bool) {
	o := C.gocurl_option_by_id(C.int32_t(id))
	if o == nil {
		return Option{}, false
	}
	return optionOf(o), true
}

func optionOf(o *C.struct_curl_easyoption) Option {
	return Option{int32(o.id), C.GoString(o.name), int(o._type), o.flags&C.CURLOT_FLAG_ALIAS != 0}
}

// OptionClass is the argument type that the running libcurl's own option table (7.73.0) gives a number: "long",
// "off_t", "string", "list", "blob", "function", "object", or "" when it does not know the number.
func OptionClass(id int32) string {
	switch C.gocurl_option_type(C.int32_t(id)) {
	case C.CURLOT_LONG, C.CURLOT_VALUES:
		return "long"
	case C.CURLOT_OFF_T:
		return "off_t"
	case C.CURLOT_STRING:
		return "string"
	case C.CURLOT_SLIST:
		return "list"
	case C.CURLOT_BLOB:
		return "blob"
	case C.CURLOT_FUNCTION:
		return "function"
	case C.CURLOT_OBJECT, C.CURLOT_CBPTR:
		return "object"
	}
	return ""
}
