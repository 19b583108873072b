//go:build cgo

package capi

/*
#cgo noescape gocurl_frame_situation
#cgo nocallback gocurl_frame_situation
#include "frame.h"
#include "cell.h"
*/
import "C"

import "unsafe"

// Place is where the calling goroutine stands as seen from one handle.
type Place int

// The places, from outside to innermost.
const (
	Outside Place = C.GOCURL_OUTSIDE // in no callback at all
	Own     Place = C.GOCURL_OWN     // in a callback of this handle
	Sibling Place = C.GOCURL_SIBLING // in a callback of another handle of the same driver
	Foreign Place = C.GOCURL_FOREIGN // in callbacks of other drivers only
)

// Where says in whose callbacks the calling goroutine stands. Either argument may be zero.
func Where(c Cell, d Driver) Place {
	return Place(C.gocurl_frame_situation(C.uintptr_t(uintptr(unsafe.Pointer(c.p))), C.uintptr_t(uintptr(unsafe.Pointer(d.p)))))
}

// FrameTop is the innermost callback frame of the calling thread, for FrameRestore.
func FrameTop() uintptr { return uintptr(C.gocurl_frame_top()) }

// FrameRestore drops the frames above top: Goexit in a callback skips the trampolines that would pop them.
func FrameRestore(top uintptr) { C.gocurl_frame_restore(C.uintptr_t(top)) }
