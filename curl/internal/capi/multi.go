//go:build cgo

package capi

/*
#cgo nocallback gocurl_multi_count
#cgo nocallback gocurl_multi_assign
#include "multi.h"
*/
import "C"

import "unsafe"

// Multi is the multi handle of a Multi, with the user's callbacks. The zero Multi is none.
//
// Every method is called with the lock of its Driver held; all but Assign, Count, NotifyOn and SetKey may enter callbacks,
// which release it, and are not called while another such call is in progress.
type Multi struct{ p *C.struct_gocurl_multi }

// Closer is what a connection of a multi handle carries for its close-socket callback. It lives as long as the multi
// handle.
type Closer struct{ p *C.struct_gocurl_closer }

// NewMulti makes a multi handle. code is a CURLMcode, or a negative errno when the system has no descriptors left.
func NewMulti() (m Multi, code int) {
	var failed C.int
	m.p = C.gocurl_multi_new(&failed)
	return m, int(failed)
}

// Valid says whether there is a multi handle.
func (m Multi) Valid() bool { return m.p != nil }

// Driver is what waits for the multi handle.
func (m Multi) Driver() Driver { return Driver{m.p.d} }

// SetKey says what callbacks hand to the hooks; 0 silences them.
func (m Multi) SetKey(key uintptr) { m.p.key = C.uintptr_t(key) }

// Free ends the multi handle and its Driver.
func (m Multi) Free() { C.gocurl_multi_free(m.p) }

// Add starts the cell's transfer with the next step. The Closer is for handles with a close-socket function, else zero.
func (m Multi) Add(c Cell, k Closer) (code int) { return int(C.gocurl_multi_add(m.p, c.p, k.p)) }

// Perform lets libcurl do what can be done at once.
func (m Multi) Perform() (code int) { return int(C.gocurl_multi_perform(m.p)) }

// SocketAction lets libcurl work on one socket, or with ^uintptr(0) on what its timer is for.
func (m Multi) SocketAction(fd uintptr, events int) (code int) {
	return int(C.gocurl_multi_action(m.p, C.intptr_t(fd), C.int(events)))
}

// SocketAll lets libcurl work on all sockets.
func (m Multi) SocketAll() (code int) { return int(C.gocurl_multi_all(m.p)) }

// Wait waits for libcurl's sockets, its timer, the descriptors in fds (whose Revents it fills) or Wake, at most ms
// milliseconds. ready counts the descriptors with events; woken says that Wake was called.
func (m Multi) Wait(fds []WaitFD, ms int, poll bool) (ready int, woken bool, code int) {
	var few [C.GOCURL_WAITFDS + 1]C.struct_curl_waitfd
	all := few[:]
	if len(fds) > C.GOCURL_WAITFDS {
		all = make([]C.struct_curl_waitfd, len(fds)+1)
	}
	for i, f := range fds {
		C.gocurl_waitfd(&all[i], C.uintptr_t(f.FD), C.int(f.Events))
	}
	var n C.int
	code = int(C.gocurl_multi_wait(m.p, &all[0], C.uint(len(fds)), C.int(ms), flag(poll), &n))
	for i := range fds {
		fds[i].Revents = uint16(all[i].revents)
	}
	if n < 0 {
		return int(^n), true, code
	}
	return int(n), false, code
}

// Timeout is the time in milliseconds after which libcurl wants to be called, -1 for none.
func (m Multi) Timeout() (ms int64, code int) {
	var v C.long
	code = int(C.gocurl_multi_timeout(m.p, &v))
	return int64(v), code
}

// mostWaitFDs is more than a process can have.
const mostWaitFDs = 1 << 24

// WaitFDs lists the sockets that Wait would wait for.
func (m Multi) WaitFDs() (fds []WaitFD, code int) {
	var n C.uint
	for room := 64; ; room = max(2*room, int(n)) {
		list := make([]C.struct_curl_waitfd, room)
		// With too little room libcurl says so, and since 8.11.0 how much it needs.
		code = int(C.gocurl_multi_waitfds(m.p, &list[0], C.uint(room), &n))
		if int(n) > room || code == C.CURLM_OUT_OF_MEMORY && int(n) == room && room < mostWaitFDs {
			continue
		}
		if code != 0 {
			return nil, code
		}
		for _, f := range list[:n] {
			fds = append(fds, WaitFD{FD: uintptr(f.fd), Events: uint16(f.events)})
		}
		return fds, 0
	}
}

// NextMessage takes one finished cell, the zero Cell when there is none. Connect-only cells stay in the multi handle.
func (m Multi) NextMessage() Cell { return Cell{C.gocurl_multi_message(m.p)} }

// Notify calls the notify hook for each notification since the last time.
func (m Multi) Notify() {
	if m.p.notes != nil {
		C.gocurl_multi_notify(m.p)
	}
}

// SetLong sets an option that takes a long.
func (m Multi) SetLong(id int32, n int64) (code int) {
	return int(C.gocurl_multi_long(m.p, C.int32_t(id), C.long(n)))
}

// SetOff sets an option that takes a curl_off_t.
func (m Multi) SetOff(id int32, n int64) (code int) {
	return int(C.gocurl_multi_off(m.p, C.int32_t(id), C.int64_t(n)))
}

// SetList sets an option that takes an array of strings, which libcurl copies; nil clears it.
func (m Multi) SetList(id int32, list []string) (code int) {
	if len(list) == 0 {
		return int(C.gocurl_multi_list(m.p, C.int32_t(id), nil))
	}
	size := C.size_t(len(list)+1) * C.size_t(unsafe.Sizeof((*C.char)(nil)))
	mem := C.gocurl_alloc(size)
	if mem == nil {
		return C.CURLM_OUT_OF_MEMORY
	}
	defer C.gocurl_release(mem)
	all := unsafe.Slice((**C.char)(mem), len(list)+1)
	for i, s := range list {
		all[i] = C.CString(s)
		defer C.gocurl_release(unsafe.Pointer(all[i]))
	}
	all[len(list)] = nil
	return int(C.gocurl_multi_list(m.p, C.int32_t(id), &all[0]))
}

// SetFunction puts the trampoline of a callback option in place, or takes it out.
func (m Multi) SetFunction(id int32, on bool) (code int) {
	return int(C.gocurl_multi_set_function(m.p, C.int32_t(id), flag(on)))
}

// Assign marks a socket as having something assigned, which the socket hook then hears of.
func (m Multi) Assign(fd uintptr, on bool) (code int) {
	return int(C.gocurl_multi_assign(m.p, C.intptr_t(fd), flag(on)))
}

// Count reads one of the multi handle's numbers.
func (m Multi) Count(info int32) (n int64, code int) {
	var v C.int64_t
	code = int(C.gocurl_multi_count(m.p, C.int32_t(info), &v))
	return int64(v), code
}

// NotifyOn switches a kind of notification on or off.
func (m Multi) NotifyOn(what uint32, on bool) (code int) {
	return int(C.gocurl_multi_notify_on(m.p, C.uint(what), flag(on)))
}

// NewCloser makes what connections of handles with the close-socket function id carry; zero without memory.
func (m Multi) NewCloser(id uint64) Closer {
	return Closer{C.gocurl_closer_new(m.p, C.uint64_t(id))}
}

// Claimed says whether a connection has a socket to close with it.
func (k Closer) Claimed() bool { return k.p != nil && C.gocurl_claimed(&k.p.claims) != 0 }

// Free releases the Closer, after its multi handle is gone, or when it is not Claimed and no cell has it.
func (k Closer) Free() {
	if k.p != nil {
		C.gocurl_closer_free(k.p)
	}
}

// Address identifies the easy handle as libcurl does in callbacks of a multi handle.
func (c Cell) Address() uintptr { return uintptr(unsafe.Pointer(c.p.easy)) }

// OwnCloser puts the cell's own close-socket trampoline back in the place of the Closer that Add has set.
func (c Cell) OwnCloser() { C.gocurl_cell_own_closer(c.p) }

// SetDriver says from now on which driver callbacks of the cell belong to.
func (c Cell) SetDriver(d Driver) { c.p.driver = d.p }

// Adopt takes over the easy handle of a stream that was pushed to a parent's; the zero Cell without memory.
func (m Multi) Adopt(parent, easy, key uintptr) Cell {
	return Cell{C.gocurl_multi_adopt(m.p, C.uintptr_t(parent), C.uintptr_t(easy), C.uintptr_t(key))}
}

// Joined says that libcurl has put the adopted handle into the multi handle.
func (c Cell) Joined() { c.p.attached = 1 }

// Disown forgets the adopted easy handle, which libcurl frees.
func (c Cell) Disown() { c.p.easy = nil }

// PushHeaders copies the header fields of a pushed stream, which are there during its callback only.
func PushHeaders(headers unsafe.Pointer, n int) []string {
	list := make([]string, 0, n)
	for i := range n {
		if line := C.gocurl_push_header(headers, C.size_t(i)); line != nil {
			list = append(list, C.GoString(line))
		}
	}
	return list
}

//export gocurlGoMultiClosesocket
func gocurlGoMultiClosesocket(key C.uintptr_t, id C.uint64_t, fd C.intptr_t) C.int {
	return C.int(multiClose(uintptr(key), uint64(id), int(fd)))
}
