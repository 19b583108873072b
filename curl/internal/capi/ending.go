//go:build cgo

package capi

// #include "cell.h"
import "C"

import (
	"sync/atomic"
	"unsafe"
)

// The two lists are one.
var (
	_ = [1]int{}[ProgressEnd-C.GOCURL_SAID_END]
	_ = [1]int{}[ProgressEnded-C.GOCURL_SAID_ENDED]
)

// SetStopping says whether the transfer is to end, for libcurl to find out where it waits inside a step. It may be called
// beside the transfer, as long as the cell is there.
func (c Cell) SetStopping(yes bool) {
	if yes {
		C.gocurl_ending_want(c.p)
		return
	}
	atomic.StoreUint32((*uint32)(unsafe.Pointer(&c.p.ending.wanted)), 0)
}

// SaidEnd says that its progress function has ended the last transfer, whatever libcurl says of that.
func (c Cell) SaidEnd() bool { return c.p.ending.said == C.GOCURL_SAID_END }

// HeldUp says that the last transfer was ended because it kept others from having a turn.
func (c Cell) HeldUp() bool { return c.p.ending.cut == C.GOCURL_CUT_HOLDS_UP }

// Overdue says that it was ended because its time was over, and libcurl did not look.
func (c Cell) Overdue() bool { return c.p.ending.cut == C.GOCURL_CUT_OVERDUE }
