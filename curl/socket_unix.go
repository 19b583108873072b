//go:build unix

package curl

import "syscall"

// closeSocket does what libcurl does when there is no callback: 0 is success.
func closeSocket(fd int) int {
	if syscall.Close(fd) != nil {
		return 1
	}
	return 0
}
