//go:build cgo

package capi

/*
#include "info.h"
#include "easycall.h"

// Numbers, because cgo would look for Go memory behind a pointer: see driver.go.
static struct gocurl_value info_long(uintptr_t c, int32_t id) { return gocurl_info_long((struct gocurl_cell *)c, id); }
static struct gocurl_value info_off(uintptr_t c, int32_t id) { return gocurl_info_off((struct gocurl_cell *)c, id); }
*/
import "C"

import "unsafe"

// InfoLong reads an info of C type long.
func (c Cell) InfoLong(id int32) (n int64, code int) {
	v := C.info_long(c.address(), C.int32_t(id))
	return int64(v.n), int(v.code)
}

// InfoOff reads an info of C type curl_off_t.
func (c Cell) InfoOff(id int32) (n int64, code int) {
	v := C.info_off(c.address(), C.int32_t(id))
	return int64(v.n), int(v.code)
}

// InfoDouble reads an info of C type double.
func (c Cell) InfoDouble(id int32) (f float64, code int) {
	v := C.gocurl_info_double(c.p, C.int32_t(id))
	return float64(v.d), int(v.code)
}

// InfoSocket reads an info of C type curl_socket_t; -1 is none.
func (c Cell) InfoSocket(id int32) (fd int64, code int) {
	v := C.gocurl_info_socket(c.p, C.int32_t(id))
	return int64(v.n), int(v.code)
}

// InfoString reads and copies an info of C type char pointer; "" for NULL.
func (c Cell) InfoString(id int32) (s string, code int) {
	v := C.gocurl_info_pointer(c.p, C.int32_t(id))
	return C.GoString((*C.char)(v.p)), int(v.code)
}

// InfoList reads, copies and frees an info that is a list.
func (c Cell) InfoList(id int32) (list []string, code int) {
	v := C.gocurl_info_pointer(c.p, C.int32_t(id))
	l := (*C.struct_curl_slist)(v.p)
	list = listStrings(l)
	C.gocurl_list_free(l)
	return list, int(v.code)
}

// InfoCerts copies the certificate chain, a list of "name:value" lines for each.
func (c Cell) InfoCerts(id int32) (chain [][]string, code int) {
	v := C.gocurl_info_pointer(c.p, C.int32_t(id))
	ci := (*C.struct_curl_certinfo)(v.p)
	if v.code != 0 || ci == nil {
		return nil, int(v.code)
	}
	for _, l := range unsafe.Slice(ci.certinfo, int(ci.num_of_certs)) {
		chain = append(chain, listStrings(l))
	}
	return chain, 0
}

// InfoTLS reads the TLS library (a CURLSSLBACKEND number) and its object, 0 when there is no TLS connection.
func (c Cell) InfoTLS(id int32) (backend int, object uintptr, code int) {
	v := C.gocurl_info_pointer(c.p, C.int32_t(id))
	s := (*C.struct_curl_tlssessioninfo)(v.p)
	if v.code != 0 || s == nil {
		return 0, 0, int(v.code)
	}
	return int(s.backend), uintptr(s.internals), 0
}

// Headers copies the header fields of the given origins of one request of the series, -1 being the last.
func (c Cell) Headers(origin uint, request int) []Header {
	var out []Header
	var h *C.struct_curl_header
	for {
		h = C.gocurl_cell_next_header(c.p, C.uint(origin), C.int(request), h)
		if h == nil {
			return out
		}
		out = append(out, headerOf(h))
	}
}

// Header copies the index-th header field of that name, of the given origins of one request. code is a CURLHcode.
func (c Cell) Header(name string, index int, origin uint, request int) (h Header, code int) {
	n := C.CString(name)
	defer C.free(unsafe.Pointer(n))
	v := C.gocurl_cell_header(c.p, n, C.size_t(index), C.uint(origin), C.int(request))
	if v.code != 0 {
		return Header{}, int(v.code)
	}
	return headerOf((*C.struct_curl_header)(v.p)), 0
}

// Requests is how many requests the transfer has made, as far as there are headers. code is a CURLHcode.
func (c Cell) Requests() (n, code int) {
	v := C.gocurl_cell_requests(c.p)
	return int(v.n), int(v.code)
}

func headerOf(h *C.struct_curl_header) Header {
	return Header{C.GoString(h.name), C.GoString(h.value), int(h.index), int(h.amount), uint(h.origin)}
}

func listStrings(l *C.struct_curl_slist) []string {
	var out []string
	for ; l != nil; l = l.next {
		out = append(out, C.GoString(l.data))
	}
	return out
}
