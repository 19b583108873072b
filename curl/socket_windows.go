package curl

import "syscall"

// closeSocket does what libcurl does when there is no callback: 0 is success.
func closeSocket(fd int) int {
	if syscall.Closesocket(syscall.Handle(fd)) != nil {
		return 1
	}
	return 0
}
