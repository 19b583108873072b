//go:build cgo

package capi

// #include "info.h"
import "C"

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
