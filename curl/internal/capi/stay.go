//go:build cgo

package capi

// #include "cell.h"
// #include "stay.h"
import "C"

import (
	"sync/atomic"
	"unsafe"
)

// Stay has transfers that leave HTTP noticed: those on a driver for many handles, other than that of a confined share,
// end before they connect by another protocol, and all others can be ended where libcurl waits inside a step. The cell is
// at rest.
func (c Cell) Stay() {
	if c.p.stays == 0 {
		C.gocurl_cell_stay(c.p)
	}
}

// SetStopping says whether the transfer is to end, for libcurl to find out where it waits inside a step. It may be called
// beside the transfer, as long as the cell is there.
func (c Cell) SetStopping(yes bool) {
	var n uint32
	if yes {
		n = 1
	}
	atomic.StoreUint32((*uint32)(unsafe.Pointer(&c.p.stopping)), n)
}

// Strayed says that the last transfer has ended so.
func (c Cell) Strayed() bool { return c.p.strayed != 0 }
