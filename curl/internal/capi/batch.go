//go:build cgo

package capi

/*
#include "cell.h"
*/
import "C"

import (
	"sync"
	"unsafe"
)

// MaxOps is how many options a Batch takes.
const MaxOps = C.GOCURL_OPS

// Batch collects options for one Apply. Its user has it for itself.
type Batch struct {
	c    C.struct_gocurl_batch
	n    int // options
	used int // of the arena; what is longer than the rest of it travels in memory that Apply frees
}

// batches are those that nobody uses, which are many only while many handles are being set.
var batches = sync.Pool{New: func() any { return new(Batch) }}

// NewBatch returns an empty one. On the heap, because C has its address while callbacks can have a stack move.
func NewBatch() *Batch { return batches.Get().(*Batch) }

// Free gives it back. It is not empty when a callback has ended the goroutine in the middle of Apply.
func (b *Batch) Free() {
	b.n, b.used = 0, 0
	batches.Put(b)
}

// Len is how many options it has.
func (b *Batch) Len() int { return b.n }

// Long adds an option that takes a long.
func (b *Batch) Long(id int32, v int64) { b.number(id, C.GOCURL_LONG, v) }

// Off adds an option that takes a curl_off_t.
func (b *Batch) Off(id int32, v int64) { b.number(id, C.GOCURL_OFF, v) }

// number leaves out what nobody looks at with a number.
func (b *Batch) number(id int32, class C.uint8_t, v int64) {
	op := &b.c.op[b.n]
	op.id, op.class, op.n = C.int32_t(id), class, C.int64_t(v)
	b.n++
}

// Function adds a callback option, on with its trampoline or back to the default.
func (b *Batch) Function(id int32, on bool) {
	op := b.put(id, C.GOCURL_FUNCTION)
	op.n = 0
	if on {
		op.n = 1
	}
}

// Null adds an option whose argument is a NULL pointer, which puts libcurl's default back.
func (b *Batch) Null(id int32, class Class) { b.put(id, C.uint8_t(class)).n = 0 }

// String adds a string option.
func (b *Batch) String(id int32, s string) { b.data(b.put(id, C.GOCURL_STRING), s) }

// Bytes adds post data.
func (b *Batch) Bytes(id int32, p []byte) {
	b.data(b.put(id, C.GOCURL_BYTES), unsafe.String(unsafe.SliceData(p), len(p)))
}

// Blob adds a blob that libcurl copies.
func (b *Batch) Blob(id int32, p []byte) {
	b.data(b.put(id, C.GOCURL_BLOB), unsafe.String(unsafe.SliceData(p), len(p)))
}

// List adds a list of strings, none with a NUL in it.
func (b *Batch) List(id int32, list []string) {
	op := b.put(id, C.GOCURL_LIST)
	size := 0
	for _, s := range list {
		size += len(s) + 1
	}
	dst := b.room(op, size)
	if dst == nil {
		return
	}
	for _, s := range list {
		copy(dst, s)
		dst[len(s)] = 0
		dst = dst[len(s)+1:]
	}
	op.n = C.int64_t(size)
	op.count = C.uint32_t(len(list))
}

func (b *Batch) put(id int32, class C.uint8_t) *C.struct_gocurl_op {
	op := &b.c.op[b.n]
	op.id = C.int32_t(id)
	op.class = class
	op.foreign = 0
	op.data = 0
	b.n++
	return op
}

// data stores s and a terminator for op.
func (b *Batch) data(op *C.struct_gocurl_op, s string) {
	dst := b.room(op, len(s)+1)
	if dst == nil {
		return
	}
	copy(dst, s)
	dst[len(s)] = 0
	op.n = C.int64_t(len(s))
}

// room finds size bytes for op: in the arena, or in memory that Apply frees or hands to the cell. Without any left it
// returns nil, and Apply stops at op.
func (b *Batch) room(op *C.struct_gocurl_op, size int) []byte {
	if len(b.c.arena)-b.used >= size {
		p := unsafe.Pointer(&b.c.arena[b.used])
		op.data = C.uintptr_t(uintptr(p))
		b.used += size
		return unsafe.Slice((*byte)(p), size)
	}
	p := C.gocurl_alloc(C.size_t(size))
	if p == nil {
		op.class = C.GOCURL_NO_MEMORY
		return nil
	}
	op.data = C.uintptr_t(uintptr(p))
	op.foreign = 1
	return unsafe.Slice((*byte)(p), size)
}
