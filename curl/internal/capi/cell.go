//go:build cgo

package capi

/*
#include "cell.h"
#include "easycall.h"
#include "post.h"
#include "sockets.h"

// A number, because cgo would look for Go memory behind a pointer: see driver.go.
static void reset(uintptr_t c) { gocurl_cell_reset((struct gocurl_cell *)c); }
*/
import "C"

import "unsafe"

// Cell is one libcurl easy handle with the memory that libcurl borrows for it. The zero Cell is no handle.
//
// The creator owns it and ends it with Retire, then Free; it uses it only under the lock that guards the handle.
type Cell struct{ p *C.struct_gocurl_cell }

// NewCell makes an easy handle with gocurl's defaults. key is what callbacks of this handle hand to the hooks. The
// zero Cell means that libcurl is out of memory.
func NewCell(key uintptr) Cell { return Cell{C.gocurl_cell_new(C.uintptr_t(key))} }

// Valid says whether there is a handle.
func (c Cell) Valid() bool { return c.p != nil }

// Reset puts every option back to gocurl's defaults and frees what libcurl borrowed.
func (c Cell) Reset() { C.reset(C.uintptr_t(uintptr(unsafe.Pointer(c.p)))) }

// Clone duplicates the handle and its options into a new cell. code is a CURLcode when it fails.
func (c Cell) Clone(key uintptr) (clone Cell, code int) {
	var failed C.int
	p := C.gocurl_cell_clone(c.p, C.uintptr_t(key), &failed)
	return Cell{p}, int(failed)
}

// Retire ends the easy handle; callbacks may still run until it returns.
func (c Cell) Retire() { C.gocurl_cell_retire(c.p) }

// Free releases the cell. Nothing of libcurl may refer to it any more, but connections when there is a Hold.
func (c Cell) Free() { C.gocurl_cell_free(c.p) }

// Hold keeps the memory of the cell beyond Free until LetGo, for connections that call its close-socket function.
// Those of a held cell must Claim it.
func (c Cell) Hold() { C.gocurl_cell_hold(c.p) }

// Claim has the cell's sockets counted for Unclaimed, from the next transfer on. A reset forgets it.
func (c Cell) Claim() { C.gocurl_cell_claim(c.p, &c.p.claims) }

// Unclaimed says that LetGo has nothing to wait for any more.
func (c Cell) Unclaimed() bool { return C.gocurl_cell_unclaimed(c.p) != 0 }

// LetGo ends a Hold.
func (c Cell) LetGo() { C.gocurl_cell_let_go(c.p) }

// SetKey changes what callbacks hand to the hooks; 0 makes them fail.
func (c Cell) SetKey(key uintptr) { c.p.key = C.uintptr_t(key) }

// ErrorText is libcurl's detail text of the last call, or "".
func (c Cell) ErrorText() string {
	if c.p.error[0] == 0 {
		return ""
	}
	return C.GoString(&c.p.error[0])
}

// Discarded is the number of body bytes of this transfer that no callback took.
func (c Cell) Discarded() int64 { return int64(c.p.discarded) }

// NotePaused says that a callback inside libcurl answers with a pause of receiving.
func (c Cell) NotePaused() { c.p.has_paused = 1 }

// Stale says that libcurl has kept some of the last transfer's data in the handle, which would get into a later one.
func (c Cell) Stale() bool { return c.p.stale != 0 }

// KeepsHSTS says, where the HSTS read function is called, that libcurl adds to a list for which it has been called before.
func (c Cell) KeepsHSTS() bool {
	kept := c.p.hsts_kept != 0
	c.p.hsts_kept = 1
	return kept
}

// Cloning says that a clone of the cell is being made, which has a list of its own.
func (c Cell) Cloning() bool { return c.p.cloning != 0 }

// FitReceive fits the receive buffer to a body that is read in large pieces, or puts the default back; not when the user has
// set its size.
func (c Cell) FitReceive(large bool) { C.gocurl_cell_fit_receive(c.p, flag(large)) }

// FitUpload fits the upload buffer to a large or small body, unless the user has set its size.
func (c Cell) FitUpload(large bool) { C.gocurl_cell_fit_upload(c.p, flag(large)) }

// SetSource says how much the read function has for a POST, -1: that is not known, and fits the upload buffer. A seekless
// one cannot go anywhere, unless there is a seek function.
func (c Cell) SetSource(size int64, large, seekless bool) {
	C.gocurl_cell_set_source(c.p, C.int64_t(size), flag(large), flag(seekless))
}

// Promised is how much the upload is to have as the options say, -1: they do not.
func (c Cell) Promised() int64 { return int64(C.gocurl_cell_promised(c.p)) }

// Result is the CURLcode of the transfer that just finished.
func (c Cell) Result() int { return int(c.p.result) }

// NoSource says that libcurl asked for upload data and there was no read callback.
func (c Cell) NoSource() bool { return c.p.no_source != 0 }

// Debugging says that there is a debug callback, which any call on the handle can reach.
func (c Cell) Debugging() bool { return c.p.debugging != 0 }

// Attached says that the cell is in its driver's multi handle.
func (c Cell) Attached() bool { return c.p.attached != 0 }

// SetDetached forgets the driver, which is gone.
func (c Cell) SetDetached() { c.p.driver = nil }

// Pause sets which directions are paused (bit 0 receiving, bit 2 sending). It may enter callbacks.
func (c Cell) Pause(mask int) (code int) { return int(C.gocurl_cell_pause(c.p, C.int(mask))) }

// Upkeep keeps idle connections of the handle alive. It may enter callbacks.
func (c Cell) Upkeep() (code int) { return int(C.gocurl_cell_upkeep(c.p)) }

// Send writes to the connection of a connect-only handle without waiting. p is not empty.
//
// It is passed as the address of an element: of a mere pointer Go would not know that the slice is all that C may touch,
// and refuse p as part of something that holds pointers.
func (c Cell) Send(p []byte) (n, code int) {
	v := C.gocurl_cell_send(c.p, unsafe.Pointer(&p[0]), C.size_t(len(p)))
	return int(v.n), int(v.code)
}

// Recv reads from the connection of a connect-only handle without waiting. p is not empty.
func (c Cell) Recv(p []byte) (n, code int) {
	v := C.gocurl_cell_recv(c.p, unsafe.Pointer(&p[0]), C.size_t(len(p)))
	return int(v.n), int(v.code)
}
