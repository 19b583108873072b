package curl

import (
	"os"
	"syscall"
)

// closeSocket does what libcurl does when there is no callback: 0 is success.
func closeSocket(fd int) int {
	if syscall.Closesocket(syscall.Handle(fd)) != nil {
		return 1
	}
	return 0
}

// isClosed is not known: Windows does not say so of a socket.
func isClosed(uintptr) bool { return false }

// dupSocket returns nil: Go's poller takes no socket here that another library made.
func dupSocket(int) *os.File { return nil }
