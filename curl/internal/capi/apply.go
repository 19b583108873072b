//go:build cgo

package capi

/*
#cgo noescape gocurl_cell_apply_quiet
#cgo nocallback gocurl_cell_apply_quiet
#include "cell.h"
#include "zcallbacks.h"
*/
import "C"

import (
	"runtime"
	"unsafe"
)

// Apply sets the options of the batch in order and stops at the first that libcurl refuses: its index and CURLcode, or
// their number and 0. calling says that one of them may enter a callback. The batch is empty then.
//
// C gets the address as a number, as with ApplyNumbers.
func (c Cell) Apply(b *Batch, calling bool) (index, code int) {
	var r C.int64_t
	cell, batch, n := c.address(), C.uintptr_t(uintptr(unsafe.Pointer(&b.c))), C.int(b.n)
	if calling {
		r = C.gocurl_cell_apply_calling(cell, batch, n)
	} else {
		r = C.gocurl_cell_apply_quiet(cell, batch, n)
	}
	b.n, b.used = 0, 0
	return int(int32(r)), int(r >> 32)
}

// SetFunctions puts our trampolines in the place of callbacks, or libcurl's defaults, and ends at the first that libcurl lacks.
// Unlike Apply it leaves the text about the last transfer, and knows nothing of progress and debug functions.
func (c Cell) SetFunctions(on bool, ids ...int32) {
	for _, id := range ids {
		if C.gocurl_set_function(c.p, C.int32_t(id), flag(on)) != 0 {
			return
		}
	}
}

// The layout that ApplyNumbers expects.
const (
	NumberSize    = unsafe.Sizeof(C.struct_gocurl_number{})
	NumberID      = unsafe.Offsetof(C.struct_gocurl_number{}.id)
	NumberClass   = unsafe.Offsetof(C.struct_gocurl_number{}.class)
	NumberValue   = unsafe.Offsetof(C.struct_gocurl_number{}.n)
	NumberNothing = unsafe.Offsetof(C.struct_gocurl_number{}.nothing)
)

// ApplyNumbers is Apply for n options that are numbers, none of them Watched or able to enter a callback, right where
// the caller has them: in memory of the layout above, with no pointer in it.
//
// The address goes to C as a number, because as a pointer it has the options escape to the heap unless cgo is promised
// noescape and nocallback, and for the latter Go makes two calls more, which is a sixth of the crossing. It is as good as
// the promise would be: nothing in there calls back, a goroutine's stack stays where it is while that is in C, and the
// memory is kept.
//
// The result is left in the cell. For one that a C function returns, cgo looks up the top of the stack twice.
func (c Cell) ApplyNumbers(numbers unsafe.Pointer, n int) (index, code int) {
	C.gocurl_cell_apply_numbers(C.uintptr_t(uintptr(unsafe.Pointer(c.p))), C.uintptr_t(uintptr(numbers)), C.int(n))
	runtime.KeepAlive(numbers)
	return int(c.p.applied), int(c.p.refusal)
}

// Watched says that a number means something to this package as well: only Apply sets it.
func Watched(id int32) bool { return C.gocurl_watched(C.int32_t(id)) != 0 }
