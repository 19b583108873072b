//go:build cgo && !linux

package capi

// PollFD is the descriptor that is readable when a Wait would not wait for a socket, or -1.
func (d Driver) PollFD() int { return -1 }

// DisownPollFD says that Go closes the descriptor.
func (d Driver) DisownPollFD() {}
