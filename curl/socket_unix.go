//go:build unix

package curl

import (
	"os"
	"syscall"
)

// closeSocket does what libcurl does when there is no callback: 0 is success.
func closeSocket(fd int) int {
	if syscall.Close(fd) != nil {
		return 1
	}
	return 0
}

// isClosed says that the descriptor is none of this process; a negative one stands for no descriptor, as with poll.
func isClosed(fd uintptr) bool {
	var st syscall.Stat_t
	return int(fd) >= 0 && syscall.Fstat(int(fd), &st) == syscall.EBADF
}

// dupSocket returns a second descriptor of a socket, for Go's poller; nil when there are none left. Go closes what it
// polls, and libcurl closes its own.
func dupSocket(fd int) *os.File {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	twin, err := syscall.Dup(fd)
	if err != nil {
		return nil
	}
	syscall.CloseOnExec(twin)
	return os.NewFile(uintptr(twin), "gocurl-socket")
}
