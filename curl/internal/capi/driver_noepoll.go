//go:build cgo && !linux

package capi

// Park would return a descriptor that is readable when a Wait would not wait for a socket.
func (d Driver) Park() int { return -1 }

// Unpark would end it.
func (d Driver) Unpark() {}

// DisownPollFD says that Go closes the descriptor.
func (d Driver) DisownPollFD() {}
