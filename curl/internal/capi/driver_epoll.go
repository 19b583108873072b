//go:build cgo && linux

package capi

// #include "watch.h"
import "C"

// Park has the driver's sockets watched through one descriptor, until Unpark or the next Step, and returns that: it is readable
// when a Wait would not wait for a socket. It is always the same one; -1 means that the system has none left.
func (d Driver) Park() int {
	if C.gocurl_watch_park(d.p) != 0 {
		return -1
	}
	return int(*d.pollFD())
}

// Unpark ends it.
func (d Driver) Unpark() { C.gocurl_watch_unpark(d.p) }

// DisownPollFD says that Go closes the descriptor.
func (d Driver) DisownPollFD() { *d.pollFD() = -1 }

func (d Driver) pollFD() *C.int {
	if d.p.parkfd >= 0 {
		return &d.p.parkfd
	}
	return &d.p.epfd
}
