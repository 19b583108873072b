//go:build cgo

package capi

/*
#cgo noescape gocurl_frame_situation
#cgo nocallback gocurl_frame_situation
#cgo noescape gocurl_frame_live
#cgo nocallback gocurl_frame_live
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
	InEvent Place = C.GOCURL_EVENT   // in a socket, timer or notify callback of the same driver
)

// Where says in whose callbacks the calling goroutine stands. Either argument may be zero.
func Where(c Cell, d Driver) Place {
	return Place(C.gocurl_frame_situation(C.uintptr_t(uintptr(unsafe.Pointer(c.p))), C.uintptr_t(uintptr(unsafe.Pointer(d.p)))))
}

// FrameAbandon drops the innermost frame of the calling thread and what else the C frames below it would have put back:
// Goexit in a callback skips them. It is called in a defer of the callback, where the frame is still intact.
func FrameAbandon() { C.gocurl_frame_abandon() }

// Live says whether the calling goroutine stands in a callback of the cell that libcurl itself has called, in a step of a
// driver, and that was not recorded.
func Live(c Cell) bool { return C.gocurl_frame_live(C.uintptr_t(uintptr(unsafe.Pointer(c.p)))) != 0 }
