//go:build cgo

package capi

/*
#include "cell.h"
#include "frame.h"
#include "share.h"
*/
import "C"

// Share is one libcurl share handle with its locks. The zero Share is none.
type Share struct{ p *C.struct_gocurl_share }

// NewShare makes a share handle without kinds. With a confined one only one thread at a time is inside libcurl, which lets
// go of it during callbacks. The zero Share means that libcurl is out of memory.
func NewShare(confined bool) Share { return Share{C.gocurl_share_new(flag(confined))} }

// Valid says whether there is a share handle.
func (s Share) Valid() bool { return s.p != nil }

// Add has the share hold a kind of data, a curl_lock_data. No cell is attached yet. code is a CURLSHcode.
func (s Share) Add(kind int) (code int) { return int(C.gocurl_share_add(s.p, C.int(kind))) }

// Free ends the share handle, to which no cell may be attached any more; close-socket callbacks may run until it returns.
// code is a CURLSHcode; other than 0 nothing was freed.
func (s Share) Free() (code int) { return int(C.gocurl_share_free(s.p)) }

// SetShare attaches the cell to a share, or with the zero Share detaches it. code is a CURLcode.
func (c Cell) SetShare(s Share) (code int) { return int(C.gocurl_cell_share(c.p, s.p)) }

// FramesUnderLock is how many callbacks have entered Go on a thread that held a lock of a share. It is 0.
func FramesUnderLock() int { return int(C.gocurl_frames_under_lock()) }
