//go:build cgo && linux

package capi

// #include "driver.h"
import "C"

// PollFD is the descriptor that is readable when a Wait would not wait for a socket, or -1.
func (d Driver) PollFD() int { return int(d.p.epfd) }

// DisownPollFD says that Go closes the descriptor.
func (d Driver) DisownPollFD() { d.p.epfd = -1 }
