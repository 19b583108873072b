//go:build cgo && linux

package capi

// #include "watch.h"
import "C"

// PollFD has the driver's sockets watched through one descriptor, until the next Step, and returns that: it is readable
// when a Wait would not wait for a socket. It is always the same one; -1 means that the system has none left.
func (d Driver) PollFD() int {
	if C.gocurl_watch_gather(d.p) != 0 {
		return -1
	}
	return int(d.p.epfd)
}

// DisownPollFD says that Go closes the descriptor.
func (d Driver) DisownPollFD() { d.p.epfd = -1 }
