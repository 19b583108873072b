//go:build cgo

package capi

/*
#include "websocket.h"
*/
import "C"

import "unsafe"

// FramePart is what a call has received or sent of a WebSocket frame.
type FramePart struct {
	N      int    // bytes
	Flags  uint32 // CURLWS_ bits
	Offset int64  // of those bytes in the frame
	Left   int64  // bytes of the frame that come after them
}

func framePart(f C.struct_gocurl_frame_part) (FramePart, int) {
	return FramePart{int(f.n), uint32(f.flags), int64(f.offset), int64(f.left)}, int(f.code)
}

// WSRecv receives a part of a frame without waiting. p is not empty.
func (c Cell) WSRecv(p []byte) (f FramePart, code int) {
	return framePart(C.gocurl_ws_recv(c.p, unsafe.Pointer(&p[0]), C.size_t(len(p))))
}

// WSSend sends a part of a frame; without waiting, unless it is called in a callback of the handle.
func (c Cell) WSSend(p []byte, size int64, flags uint32) (f FramePart, code int) {
	if len(p) == 0 {
		return framePart(C.gocurl_ws_send(c.p, nil, 0, C.int64_t(size), C.uint32_t(flags)))
	}
	return framePart(C.gocurl_ws_send(c.p, unsafe.Pointer(&p[0]), C.size_t(len(p)), C.int64_t(size), C.uint32_t(flags)))
}

// WSMeta tells of the frame that the write callback in progress is called with.
func (c Cell) WSMeta() (f FramePart, ok bool) {
	f, code := framePart(C.gocurl_ws_meta(c.p))
	return f, code == 0
}

// WSStart begins a frame whose data the read callback in progress is about to return.
func (c Cell) WSStart(flags uint32, size int64) (code int) {
	return int(C.gocurl_ws_start(c.p, C.uint32_t(flags), C.int64_t(size)))
}
