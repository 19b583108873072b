//go:build cgo

package capi

// #include "session.h"
import "C"

import "unsafe"

// Sessions copies the TLS sessions that the handle can use. code is a CURLcode; with one there can be some all the same. It
// may enter callbacks.
func (c Cell) Sessions() (all []Session, code int) {
	var list *C.struct_gocurl_session
	code = int(C.gocurl_cell_sessions(c.p, &list))
	defer C.gocurl_sessions_free(list)
	for s := list; s != nil; s = s.next {
		all = append(all, Session{
			Key: C.GoString(s.key), Hash: goBytes(s.hash, s.hash_len), Data: goBytes(s.data, s.data_len), ALPN: C.GoString(s.alpn),
			ValidUntil: int64(s.valid_until), TLS: int(s.tls), Early: uint64(s.early),
		})
	}
	return all, code
}

func goBytes(p *C.uchar, n C.size_t) []byte {
	if p == nil {
		return nil
	}
	return append([]byte{}, unsafe.Slice((*byte)(p), int(n))...)
}

// Import puts a TLS session, whose Key or Hash says for whom it is, where the handle finds it. code is a CURLcode. It may
// enter callbacks.
func (c Cell) Import(s Session) (code int) {
	var key *C.char
	if s.Key != "" {
		key = C.CString(s.Key)
		defer C.free(unsafe.Pointer(key))
	}
	hash, data := C.CBytes(s.Hash), C.CBytes(s.Data)
	defer C.free(hash)
	defer C.free(data)
	return int(C.gocurl_cell_import(c.p, key, hash, C.size_t(len(s.Hash)), data, C.size_t(len(s.Data))))
}
