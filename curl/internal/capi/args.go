//go:build cgo

package capi

/*
#include "args.h"
*/
import "C"

import "unsafe"

// DecodeSockAddr reads the address of an open-socket callback.
func DecodeSockAddr(p unsafe.Pointer) SockAddr {
	a := (*C.struct_curl_sockaddr)(p)
	return SockAddr{int(a.family), int(a.socktype), int(a.protocol), unsafe.Slice((*byte)(unsafe.Pointer(&a.addr)), int(a.addrlen))}
}

// EncodeSockAddr writes a changed address back.
func EncodeSockAddr(p unsafe.Pointer, s SockAddr) {
	a := (*C.struct_curl_sockaddr)(p)
	a.family, a.socktype, a.protocol = C.int(s.Family), C.int(s.Type), C.int(s.Protocol)
	a.addrlen = C.uint(copy(unsafe.Slice((*byte)(unsafe.Pointer(&a.addr)), SockAddrRoom), s.Addr))
}

// DecodeKey copies a struct curl_khkey. A length of 0 says that the key is text.
func DecodeKey(p unsafe.Pointer) (key []byte, keyType int) {
	k := (*C.struct_curl_khkey)(p)
	if k == nil {
		return nil, 0
	}
	n := C.int(k.len)
	if k.len == 0 && k.key != nil {
		n = C.int(C.strlen(k.key))
	}
	return C.GoBytes(unsafe.Pointer(k.key), n), int(k.keytype)
}

// DecodeFileInfo copies what a chunk-begin callback is told about a file.
func DecodeFileInfo(p unsafe.Pointer) FileInfo {
	f := (*C.struct_curl_fileinfo)(p)
	return FileInfo{
		Name: C.GoString(f.filename), Type: int(f.filetype), Time: int64(f.time), Perm: uint32(f.perm),
		UID: int(f.uid), GID: int(f.gid), Size: int64(f.size), HardLinks: int64(f.hardlinks), Flags: uint32(f.flags),
		TimeText: C.GoString(f.strings.time), PermText: C.GoString(f.strings.perm), UserText: C.GoString(f.strings.user),
		GroupText: C.GoString(f.strings.group), Target: C.GoString(f.strings.target),
	}
}

// Text copies a C string.
func Text(p unsafe.Pointer) string { return C.GoString((*C.char)(p)) }

// DecodeHSTS copies an entry and its place in the list.
func DecodeHSTS(entry, index unsafe.Pointer) (e HSTSEntry, i, total int) {
	h := (*C.struct_curl_hstsentry)(entry)
	x := (*C.struct_curl_index)(index)
	return HSTSEntry{
		Name:       C.GoStringN(h.name, C.int(h.namelen)),
		Subdomains: C.gocurl_hsts_subdomains(h) != 0,
		Expire:     C.GoString(&h.expire[0]),
	}, int(x.index), int(x.total)
}

// EncodeHSTS fills an entry that libcurl asked for. It reports false when the name is too long for libcurl.
func EncodeHSTS(entry unsafe.Pointer, e HSTSEntry) bool {
	name := C.CString(e.Name)
	defer C.free(unsafe.Pointer(name))
	var expire *C.char
	if e.Expire != "" {
		expire = C.CString(e.Expire)
		defer C.free(unsafe.Pointer(expire))
	}
	return C.gocurl_hsts_fill((*C.struct_curl_hstsentry)(entry), name, C.size_t(len(e.Name)), flag(e.Subdomains), expire) == 0
}

// AppendTrailers adds lines to the list of a trailer callback; libcurl takes and frees it. It reports false when
// libcurl is out of memory.
func AppendTrailers(list unsafe.Pointer, lines []string) bool {
	for _, s := range lines {
		c := C.CString(s)
		rc := C.gocurl_list_append((**C.struct_curl_slist)(list), c)
		C.free(unsafe.Pointer(c))
		if rc != 0 {
			return false
		}
	}
	return true
}
