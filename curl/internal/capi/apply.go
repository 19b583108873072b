//go:build cgo

package capi

/*
#cgo noescape gocurl_cell_apply_quiet
#cgo nocallback gocurl_cell_apply_quiet
#include "cell.h"
*/
import "C"

import (
	"runtime"
	"unsafe"
)

// MaxOps is how many options one Apply takes.
const MaxOps = C.GOCURL_OPS

// Arena is how many bytes of strings, terminators included, fit into one Apply beside the options; what is longer
// travels in memory of its own.
const Arena = C.GOCURL_ARENA

// PutLong writes op i: an option that takes a long.
func (c Cell) PutLong(i int, id int32, v int64) { c.number(i, id, C.GOCURL_LONG, v) }

// PutOff writes op i: an option that takes a curl_off_t.
func (c Cell) PutOff(i int, id int32, v int64) { c.number(i, id, C.GOCURL_OFF, v) }

// number leaves out what nobody looks at with a number.
func (c Cell) number(i int, id int32, class C.uint8_t, v int64) {
	op := &c.p.op[i]
	op.id, op.class, op.n = C.int32_t(id), class, C.int64_t(v)
}

// PutFunction writes op i: a callback option, on with its trampoline or back to the default.
func (c Cell) PutFunction(i int, id int32, on bool) {
	op := c.put(i, id, C.GOCURL_FUNCTION)
	op.n = 0
	if on {
		op.n = 1
	}
}

// PutNull writes op i: an option whose argument is a NULL pointer, which puts libcurl's default back.
func (c Cell) PutNull(i int, id int32, class Class) { c.put(i, id, C.uint8_t(class)).n = 0 }

// PutString writes op i: a string option. used is how much of the arena is taken; the result is how much is then.
func (c Cell) PutString(i, used int, id int32, s string) int {
	op := c.put(i, id, C.GOCURL_STRING)
	return c.data(op, used, s)
}

// PutBytes writes op i: post data.
func (c Cell) PutBytes(i, used int, id int32, b []byte) int {
	op := c.put(i, id, C.GOCURL_BYTES)
	return c.data(op, used, unsafe.String(unsafe.SliceData(b), len(b)))
}

// PutBlob writes op i: a blob that libcurl copies.
func (c Cell) PutBlob(i, used int, id int32, b []byte) int {
	op := c.put(i, id, C.GOCURL_BLOB)
	return c.data(op, used, unsafe.String(unsafe.SliceData(b), len(b)))
}

// PutList writes op i: a list of strings, none with a NUL in it.
func (c Cell) PutList(i, used int, id int32, list []string) int {
	op := c.put(i, id, C.GOCURL_LIST)
	size := 0
	for _, s := range list {
		size += len(s) + 1
	}
	dst, used := c.room(op, used, size)
	if dst == nil {
		return used
	}
	for _, s := range list {
		copy(dst, s)
		dst[len(s)] = 0
		dst = dst[len(s)+1:]
	}
	op.n = C.int64_t(size)
	op.count = C.uint32_t(len(list))
	return used
}

func (c Cell) put(i int, id int32, class C.uint8_t) *C.struct_gocurl_op {
	op := &c.p.op[i]
	op.id = C.int32_t(id)
	op.class = class
	op.foreign = 0
	op.data = nil
	return op
}

// data stores s and a terminator for op.
func (c Cell) data(op *C.struct_gocurl_op, used int, s string) int {
	dst, used := c.room(op, used, len(s)+1)
	if dst == nil {
		return used
	}
	copy(dst, s)
	dst[len(s)] = 0
	op.n = C.int64_t(len(s))
	return used
}

// room finds size bytes for op: in the arena, or in memory that Apply frees or hands to the cell. Without any left it
// returns nil, and Apply stops at op.
func (c Cell) room(op *C.struct_gocurl_op, used, size int) ([]byte, int) {
	if used+size <= Arena {
		op.data = (*C.char)(unsafe.Pointer(&c.p.arena[used]))
		used += size
	} else {
		op.data = (*C.char)(C.gocurl_alloc(C.size_t(size)))
		if op.data == nil {
			op.class = C.GOCURL_NO_MEMORY
			return nil, used
		}
		op.foreign = 1
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(op.data)), size), used
}

// Apply sets options 0 to n-1 in order and stops at the first that libcurl refuses: its index and CURLcode, or n
// and 0. calling says that one of them may enter a callback.
func (c Cell) Apply(n int, calling bool) (index, code int) {
	var r C.int64_t
	if p := C.uintptr_t(uintptr(unsafe.Pointer(c.p))); calling {
		r = C.gocurl_cell_apply_calling(p, C.int(n))
	} else {
		r = C.gocurl_cell_apply_quiet(p, C.int(n))
	}
	return int(int32(r)), int(r >> 32)
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
