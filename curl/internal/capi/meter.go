//go:build cgo

package capi

// #include "cell.h"
import "C"

import (
	"sync/atomic"
	"unsafe"
)

// SetStopping says whether the transfer is to end, for libcurl to find out where it waits inside a step. It may be called
// beside the transfer, as long as the cell is there.
func (c Cell) SetStopping(yes bool) {
	var n uint32
	if yes {
		n = 1
	}
	atomic.StoreUint32((*uint32)(unsafe.Pointer(&c.p.stopping)), n)
}
