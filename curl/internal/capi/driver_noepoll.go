//go:build cgo && !linux

package capi

// PollFD would be the descriptor that is readable when a Wait would not wait for a socket.
func (d Driver) PollFD() int { return -1 }

// DisownPollFD says that Go closes the descriptor.
func (d Driver) DisownPollFD() {}
