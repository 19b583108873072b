//go:build cgo

package capi

// #include "cell.h"
// #include "meter.h"
import "C"

import (
	"sync/atomic"
	"unsafe"
)

// SetStopping says whether the transfer is to end, for libcurl to find out where it waits inside a step. It may be called
// beside the transfer, as long as the cell is there.
func (c Cell) SetStopping(yes bool) {
	if yes {
		C.gocurl_meter_stopping(c.p)
		return
	}
	atomic.StoreInt64((*int64)(unsafe.Pointer(&c.p.stopping)), 0)
}

// HeldUp says that the last transfer was ended because it kept others from having a turn.
func (c Cell) HeldUp() bool { return c.p.endless == C.GOCURL_HOLDS_UP }

// Overdue says that it was ended because its time was over, and libcurl did not look.
func (c Cell) Overdue() bool { return c.p.endless == C.GOCURL_OVERDUE }

// Ending says that its progress function has ended the last transfer, whatever libcurl says of that.
func (c Cell) Ending() bool { return c.p.ending == 1 }
