//go:build cgo

package capi

/*
#include "stream.h"
#include "cell.h"
#include "driver.h"

// Numbers, because cgo would look for Go memory behind pointers: see driver.go.
static int next_body(uintptr_t c) { return gocurl_stream_next((struct gocurl_cell *)c); }
static int64_t step_into(uintptr_t d, uintptr_t c, char *p, size_t n, int64_t budget)
{
	return gocurl_stream_step((struct gocurl_driver *)d, (struct gocurl_cell *)c, p, n, budget);
}
*/
import "C"

import "unsafe"

func (c Cell) address() C.uintptr_t { return C.uintptr_t(uintptr(unsafe.Pointer(c.p))) }

// Stream has the body recorded for a reader, and with it all else that can be recorded, unless live: then other
// callbacks are called inside libcurl. headers says whether header lines are wanted at all. The cell is at rest; Untape
// ends it.
func (c Cell) Stream(live, headers bool) { C.gocurl_stream_start(c.p, flag(live), flag(headers)) }

// Answered says that the header of the last response was complete, or body data there, when the tape was taken.
func (c Cell) Answered() bool { return c.p.stream.answer_out != 0 }

// Recorded says that there is something for Take. The caller holds the driver's lock.
func (c Cell) Recorded() bool {
	return c.p.rec.len > 0 || c.p.stream.answered != c.p.stream.answer_out
}

// NextBody plays what was taken, like Play, to the next body data. The reader is done with Body as it was.
func (c Cell) NextBody() Played { return Played(C.next_body(c.address())) }

// Body is the body data that NextBody has come to: C memory, valid until the next NextBody.
func (c Cell) Body() []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(c.p.stream.body)), int(c.p.stream.body_len))
}

// StepInto is Step with a window: as long as nothing is on the cell's tape, its body data goes to p, n bytes of it. p is
// not empty; C does not keep it.
func (d Driver) StepInto(c Cell, p []byte, budget int64) (ev Event, n int) {
	// The address of an element, for the reason that Send has.
	r := C.step_into(d.number(), c.address(), (*C.char)(unsafe.Pointer(&p[0])), C.size_t(len(p)), C.int64_t(budget))
	return Event(r & 0xff), int(r >> 8)
}
