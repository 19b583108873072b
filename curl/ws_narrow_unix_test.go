//go:build unix

package curl_test

import (
	"syscall"

	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// narrow makes the socket take so little that a MiB does not fit into the buffers on the way.
var narrow = opt.SockOptFunction(func(fd uintptr, _ opt.SocketPurpose) (bool, error) {
	return false, syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_SNDBUF, 16<<10)
})
